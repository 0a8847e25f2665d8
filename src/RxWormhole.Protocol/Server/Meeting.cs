namespace RxWormhole.Protocol;

/// <summary>The one nameplate and the one mailbox a command is about; null is what does not exist.</summary>
/// <param name="Nameplate">The nameplate, or null.</param>
/// <param name="Mailbox">The mailbox it points at, or the one that was named; null where there is none.</param>
public readonly record struct Meeting(Nameplate? Nameplate, Mailbox? Mailbox);
