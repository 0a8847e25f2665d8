namespace RxWormhole.Examples.TypingACode;

/// <summary>Somebody who presses Tab as soon as that helps.</summary>
internal static class ScriptedPerson
{
    internal static char NextKey(string wanted, string text, IReadOnlyList<string> completions)
    {
        Thread.Sleep(50);
        if (text.TrimEnd('-') == wanted)
            return '\r';
        return text.Length > 0 && completions is [var only] && only != text ? '\t' : wanted[text.Length];
    }
}
