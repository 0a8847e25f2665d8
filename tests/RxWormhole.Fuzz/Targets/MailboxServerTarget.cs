using System.Text;
using RxWormhole.Protocol;

namespace RxWormhole.Fuzz;

/// <summary>Whole conversations with a mailbox server: a line is a frame, behind the digit of the connection that sends it; a line without a frame ends the connection.</summary>
internal sealed class MailboxServerTarget : FuzzTarget
{
    // What one says may be repeated to the others, and played back as often as somebody opens.
    private const int Connections = 3;

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(50);
    private static readonly KeepPolicy Keep = new(TimeSpan.FromMinutes(11), TimeSpan.FromDays(7), TimeSpan.FromDays(30));

    internal override string Name => "mailbox-server";

    internal override int BytesPerByte => 4000;

    internal override int FixedBytes => 1 << 20;

    internal override IReadOnlyList<string> Words { get; } =
    [
        .. ClientCommandTarget.Keys, "\n0{\"type\":\"allocate\"}\n", "\n1{\"type\":\"release\"}\n", "\n2{\"type\":\"bind\",\"appid\":\"a\",\"side\":\"c\"}\n", "\n0{\"type\":\"close\",\"mood\":\"happy\"}\n",
        "\n0{\"type\":\"claim\",\"nameplate\":\"1\"}\n", "\n1{\"type\":\"open\",\"mailbox\":\"m\"}\n", "\n1{\"type\":\"add\",\"phase\":\"0\",\"body\":\"00\"}\n", "\n0\n", "\n1\n", "\n2\n",
    ];

    internal override void Run(ReadOnlySpan<byte> input)
    {
        var first = Converse(input);
        Hold.Same(first, Converse(input), "the same conversation has the same answers");
    }

    private static string Converse(ReadOnlySpan<byte> input)
    {
        var server = new MemoryMailboxServer(new WelcomeInfo(), Keep);
        var connections = new int[Connections];
        for (var i = 0; i < Connections; i++)
            connections[i] = server.Connect(mayRepeat: i == 2).Connection;
        var said = new StringBuilder();
        var now = Start;
        Span<byte> entropy = stackalloc byte[MemoryMailboxServer.EntropyLength];
        foreach (var range in input.Split((byte)'\n'))
        {
            var line = input[range];
            var place = line.IsEmpty ? 0 : line[0] % Connections;
            var frame = line.IsEmpty ? line : line[1..];
            now += TimeSpan.FromSeconds(1);
            entropy[0]++;
            if (frame.IsEmpty)
            {
                server.Disconnect(connections[place]);
                connections[place] = server.Connect(mayRepeat: place == 2).Connection;
                continue;
            }

            var (deliveries, isOver) = server.Receive(connections[place], frame, now, entropy);
            foreach (var delivery in deliveries)
                said.Append(delivery.Connection).Append(Readable(delivery.Message)).Append('\n');
            said.Append(isOver);
        }

        // Whatever was said, nothing stays for ever.
        foreach (var connection in connections)
            server.Disconnect(connection);
        server.Prune(now + TimeSpan.FromDays(31));
        Hold.That(server.Applications.Values.All(application => application is { Count: 0, Size: 0, Nameplates.Count: 0 }), "nothing is left when all time is over");
        return said.ToString();
    }

    private static string Readable(ServerMessage message)
    {
        var written = MessageCodec.Write(message);
        Hold.That(MessageCodec.TryRead(written, out var read, out _) && read.GetType() == message.GetType(), "the answer can be read");
        return Encoding.UTF8.GetString(written);
    }
}
