using System.Reactive.Linq;
using System.Reactive.Subjects;
using Microsoft.Reactive.Testing;
using RxWormhole.Protocol;
using RxWormhole.Testing;

namespace RxWormhole.Tests;

/// <summary>A peer that knows the code and says whatever a test wants it to, well-formed or not.</summary>
internal sealed class Impostor : IDisposable
{
    private readonly TestScheduler clock;
    private readonly VirtualRendezvous rendezvous;
    private readonly Subject<ReadOnlyMemory<byte>> outbound = new();
    private readonly List<ServerMessage> received = [];
    private readonly IDisposable link;
    private readonly string code;
    private readonly string side;
    private readonly Entropy entropy = SeededEntropy.Create(99);
    private readonly Spake2Exchange exchange;
    private SharedKey? key;

    internal Impostor(VirtualRendezvous rendezvous, TestScheduler clock, string code, string side)
    {
        this.rendezvous = rendezvous;
        this.clock = clock;
        this.code = code;
        this.side = side;
        exchange = Spake2.Start(Utf8Text.Normalized(code), Spake2.CreateScalar(entropy.Draw(Spake2.EntropyLength)));
        link = rendezvous.Client("impostor").Connect(rendezvous.Address, outbound)
            .Subscribe(frame => received.Add(MessageCodec.TryRead(frame.Span, out var message, out _) ? message : new ServerMessage.Unknown("?")));
    }

    internal void Open()
    {
        Advance();
        Say(new ClientMessage.Bind("example.com/test", side, null));
        Say(new ClientMessage.Claim(code.Split('-')[0]));
        Advance();
        Say(new ClientMessage.Open(received.OfType<ServerMessage.Claimed>().Single().Mailbox));
        Advance();
    }

    /// <summary>Goes through the key exchange, with a version message of any content.</summary>
    internal void Pair(byte[]? version = null)
    {
        Open();
        Add(Phase.Pake, PakeBody.Write(exchange.Message.Span));
        for (var i = 0; i < 100 && Pake() is null; i++)
            Advance();
        Assert.That(PakeBody.TryRead(Convert.FromHexString(Pake()!.Body), out var theirs), Is.True);
        key = exchange.Finish(theirs, Utf8Text.Normalized("example.com/test"))!;
        AddSealed(Phase.Version, version ?? "{}"u8.ToArray());
        Advance();
    }

    internal void Add(string phase, byte[] body)
    {
        Say(new ClientMessage.Add(phase, Convert.ToHexStringLower(body)));
        Advance();
    }

    internal void AddSealed(string phase, ReadOnlySpan<byte> plaintext) =>
        Say(new ClientMessage.Add(phase, Convert.ToHexStringLower(key!.Seal(side, phase, entropy.Draw(SharedKey.NonceLength), plaintext))));

    internal void AddMany(int count, int length)
    {
        for (var i = 0; i < count; i++)
            AddSealed($"{i}", new byte[length]);
    }

    /// <summary>What only a dishonest server could do: a message of a third side.</summary>
    internal void Smuggle(string other, string phase, byte[] body)
    {
        rendezvous.Client("impostor").Faults = LinkFaults.None;
        var application = rendezvous.Applications["example.com/test"];
        application.Append(application.Mailboxes.Single(), new ServerMessage.Message(other, phase, Convert.ToHexStringLower(body)));
        rendezvous.Client("alice").Cut();
        clock.AdvanceBy(TimeSpan.FromSeconds(5).Ticks);
    }

    public void Dispose() => link.Dispose();

    private ServerMessage.Message? Pake() => received.OfType<ServerMessage.Message>().FirstOrDefault(message => message.Side != side && message.Phase == Phase.Pake);

    private void Say(ClientMessage message) => outbound.OnNext(MessageCodec.Write(message));

    private void Advance() => clock.AdvanceBy(TimeSpan.FromMilliseconds(20).Ticks);
}
