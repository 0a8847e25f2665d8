namespace RxWormhole.Server.Tests;

public sealed class MemoryMailboxStoreTests : MailboxStoreContract
{
    private protected override IMailboxStore Create() => new MemoryMailboxStore();
}
