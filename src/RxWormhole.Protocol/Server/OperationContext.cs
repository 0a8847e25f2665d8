namespace RxWormhole.Protocol;

/// <summary>What an operation needs from outside: time and randomness come in as arguments.</summary>
/// <param name="Side">The side of the connection.</param>
/// <param name="Now">The time.</param>
/// <param name="Keep">How long mailboxes are kept.</param>
/// <param name="FreshMailbox">The id of a mailbox, if one has to be made: 13 characters of lower-case base32 from 8 random bytes.</param>
/// <param name="Random">64 random bits, to choose a nameplate with.</param>
public readonly record struct OperationContext(string Side, DateTimeOffset Now, KeepPolicy Keep, string FreshMailbox, ulong Random);
