namespace RxWormhole.Examples.TypingACode;

/// <summary>A line of text at the terminal, with completion.</summary>
internal static class Terminal
{
    internal static string ReadLine(
        string prompt,
        Func<string, IReadOnlyList<string>> complete,
        Predicate<string> willDo,
        Func<string, IReadOnlyList<string>, char> nextKey)
    {
        var text = "";
        while (true)
        {
            if (!Console.IsOutputRedirected)
                Console.Write($"\r{prompt}{text} \b");
            var completions = complete(text);
            switch (nextKey(text, completions))
            {
                case '\r' or '\n' when willDo(text):
                    Console.WriteLine($"\r{prompt}{text}");
                    return text;
                case '\t' when completions is [var only]:
                    text = only;
                    break;
                case '\t':
                    Console.WriteLine($"\n  {string.Join("  ", completions)}");
                    break;
                case '\b' or '\x7f' when text.Length > 0:
                    text = text[..^1];
                    break;
                case var key when !char.IsControl(key):
                    text += key;
                    break;
            }
        }
    }
}
