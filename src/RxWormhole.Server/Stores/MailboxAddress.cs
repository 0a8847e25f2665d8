namespace RxWormhole.Server;

/// <summary>Which mailbox, of which application.</summary>
/// <param name="AppId">The application id.</param>
/// <param name="Mailbox">The mailbox id.</param>
public readonly record struct MailboxAddress(string AppId, string Mailbox);
