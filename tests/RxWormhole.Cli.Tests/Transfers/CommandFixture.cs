using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;
using Microsoft.Reactive.Testing;
using RxWormhole.Contracts;
using RxWormhole.Testing;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>Commands on both sides in virtual time: server, network, relay, files, and whoever runs them.</summary>
public abstract class CommandFixture
{
    private readonly List<Side> sides = [];

    protected TestScheduler Clock { get; private set; } = new();

    protected VirtualRendezvous Rendezvous { get; private set; } = null!;

    protected VirtualNetwork Network { get; private set; } = null!;

    [SetUp]
    public void MakeWorld()
    {
        // NUnit installs a synchronization context for every test; with one an await goes on on another thread.
        SynchronizationContext.SetSynchronizationContext(null);
        sides.Clear();
        Clock = new TestScheduler();
        Rendezvous = new VirtualRendezvous(Clock);
        Network = new VirtualNetwork(Clock);
        Network.AddRelay("relay.example");
    }

    [TearDown]
    public void CheckEvents()
    {
        foreach (var side in sides)
            EventSchema.AssertValid(side.FrontEnd.Lines);
    }

    protected void Advance(double seconds) => Clock.AdvanceBy(TimeSpan.FromSeconds(seconds).Ticks);

    /// <summary>Advances until both have ended.</summary>
    private protected void AdvanceToEnd(params Side[] waiting)
    {
        for (var i = 0; i < 600 && !waiting.All(side => side.Result.IsCompleted); i++)
            Advance(0.1);
        foreach (var side in waiting)
            Assert.That(side.Result.IsCompleted, Is.True, () => string.Join('\n', side.FrontEnd.Lines));
    }

    private protected Side Send(SendRequest request, ClientSettings? settings = null, ScriptedFrontEnd? frontEnd = null, VirtualFiles? files = null, string input = "", bool isInputPiped = false) =>
        Start("alice", (wormhole, run) => SendFlow.Run(wormhole, run, request), settings, frontEnd, files, input, isInputPiped);

    private protected Side Receive(string? code, ClientSettings? settings = null, ScriptedFrontEnd? frontEnd = null, VirtualFiles? files = null, ReceiveRequest? request = null, string who = "bob") =>
        Start(who, (wormhole, run) => ReceiveFlow.Run(wormhole, run, request ?? new ReceiveRequest()), (settings ?? Usual) with { Code = code }, frontEnd, files, "");

    private protected static ClientSettings Usual => new() { OutputDir = "/to", AcceptFile = true };

    private protected static SendRequest Text(string text) => new([], text);

    private protected static SendRequest Paths(params string[] paths) => new([.. paths], null);

    private protected VirtualFiles Files(params (string Path, int Length)[] content)
    {
        var files = new VirtualFiles(Clock);
        files.AddFolder("/to");
        foreach (var (path, length) in content)
            files.AddFile(path, Enumerable.Range(0, length).Select(each => (byte)(each * 7)).ToArray());
        return files;
    }

    /// <summary>A text is sent, and a code is there.</summary>
    private protected (Side Alice, string Code) Sending(SendRequest request, ClientSettings? settings = null, ScriptedFrontEnd? frontEnd = null, VirtualFiles? files = null)
    {
        var alice = Send(request, settings, frontEnd, files);
        Advance(1);
        Assert.That(alice.FrontEnd.Code, Is.Not.Null, () => string.Join('\n', alice.FrontEnd.Lines));
        return (alice, alice.FrontEnd.Code!);
    }

    private protected Side Start(
        string name, Func<Wormhole, CommandRun, IObservable<Unit>> flow, ClientSettings? settings, ScriptedFrontEnd? frontEnd, VirtualFiles? files, string input, bool isInputPiped = false)
    {
        var interrupted = new AsyncSubject<Unit>();
        var disk = files ?? Files();
        var output = new MemoryStream();
        var world = new CliWorld
        {
            Scheduler = Clock,
            Source = disk,
            Sink = disk,
            OpenInput = () => isInputPiped ? new Piped(Encoding.UTF8.GetBytes(input)) : new MemoryStream(Encoding.UTF8.GetBytes(input)),
            OpenOutput = () => output,
            Adjust = options => Adjust(name, options),
        };
        var front = frontEnd ?? new ScriptedFrontEnd();
        var running = CommandRunner.RunAsync(new CommandRun(settings ?? Usual, front, world), flow, interrupted);
        var side = new Side(running, front, disk, output, interrupted);
        sides.Add(side);
        return side;
    }

    private WormholeOptions Adjust(string name, WormholeOptions options)
    {
        var usual = Network.OptionsFor(Rendezvous, options.AppId, name);
        return usual with
        {
            AppVersions = options.AppVersions,
            Timeout = options.Timeout,
            Mode = options.Mode,
            Schedule = options.Schedule,
            Transit = usual.Transit with { Paths = options.Transit.Paths, Listen = options.Transit.Listen },
        };
    }

    // Nobody knows how long it is.
    private sealed class Piped(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }

    /// <summary>One side.</summary>
    internal sealed record Side(Task<ExitCode> Result, ScriptedFrontEnd FrontEnd, VirtualFiles Files, MemoryStream Output, AsyncSubject<Unit> Interrupted)
    {
        internal ExitCode ExitCode => Result.IsCompletedSuccessfully ? Result.Result : throw new InvalidOperationException("It has not ended.", Result.Exception);

        internal void Interrupt()
        {
            Interrupted.OnNext(Unit.Default);
            Interrupted.OnCompleted();
        }
    }
}
