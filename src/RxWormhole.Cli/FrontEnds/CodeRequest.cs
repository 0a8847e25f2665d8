namespace RxWormhole.Cli;

/// <summary>What kind of code is asked for.</summary>
/// <param name="Words">How many words it usually has, for completion.</param>
/// <param name="Sends">Whether whoever enters it sends; a link says whom it is for.</param>
/// <param name="Server">The mailbox server, which it is too late to change.</param>
internal sealed record CodeRequest(int Words, bool Sends, Uri Server);
