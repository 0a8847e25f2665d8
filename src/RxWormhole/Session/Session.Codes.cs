using RxWormhole.Protocol;

namespace RxWormhole;

// How a session comes by its code: allocated, set, or typed. Exactly one of them, once.
internal sealed partial class Session
{
    private bool hasCodeVerb;

    /// <summary>Takes one of the ways to a code; false, with the reason, where one was taken before or the session is over.</summary>
    internal bool TryTakeCodeVerb(out WormholeException? refusal, bool isTyping = false)
    {
        refusal = over ?? (
            isRestored && !(isTyping && IsHalfTyped) ? new WormholeUsageException("A restored wormhole has its code: call Resume instead.") :
            hasCodeVerb ? new WormholeUsageException(
                "A wormhole takes one code, once: AllocateCode, SetCode and InputCode exclude each other. Create a new wormhole for another code.") :
            null);
        hasCodeVerb |= refusal is null;
        return refusal is null;
    }

    // Restored from a checkpoint that was taken while the code was being typed.
    private bool IsHalfTyped => record is { Code: null, Words: null, Mood: null };

    internal void Allocate(int words) => Allocate(WordList.Choose(options.Entropy.Draw(words)));

    internal void Allocate(string words)
    {
        record = record with { Words = words };
        Begin();
    }

    internal void SetCode(string text, string nameplate)
    {
        record = record with { Nameplate = nameplate, Code = text };
        OnCode(text);
        Begin();
    }

    private void OnCode(string text)
    {
        effects.Add(() =>
        {
            code.OnNext(text);
            code.OnCompleted();
        });
        exchange.OnCode(text);
    }
}
