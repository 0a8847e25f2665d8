using RxWormhole.Server;

namespace RxWormhole.Interop.Tests.Faults;

/// <summary>A mailbox server, Python's or ours, that sessions with faults run against.</summary>
public abstract class MailboxFaultFixture(bool isPython)
{
    private PythonMailbox? python;
    private WormholeServer? ours;

    protected bool IsPython => isPython;

    protected Uri Server { get; private set; } = null!;

    private protected static OurLink Link(string name) => OurLink.All.Single(link => link.Name == name);

    [OneTimeSetUp]
    public async Task StartServer()
    {
        if (isPython)
            Server = (python = new PythonMailbox("--channel-db=:memory:", "--usage-db=:memory:")).Address;
        else
            Server = (ours = await FaultServer.StartAsync()).Mailbox;
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        python?.Dispose();
        if (ours is not null)
            await ours.DisposeAsync();
    }
}
