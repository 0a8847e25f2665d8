namespace RxWormhole.Interop.Tests.Faults;

/// <summary>Our client and a mailbox server, and a proxy between them that flips a bit.</summary>
/// <remarks>TCP's checksum lets such a thing through now and then; without TLS nobody else looks. What it comes to depends on what is hit, and is said here for each byte.</remarks>
[TestFixture(true)]
[TestFixture(false)]
public sealed class CorruptionTests(bool isPython) : MailboxFaultFixture(isPython)
{
    [Test]
    public async Task BitFlips_TheSessionGoesOnOrSaysWhatIsWrong()
    {
        var points = FromServer().Concat(ToServer()).Select(each => new FaultPoint(Link("Push"), Allocates: true, each.Expected, each.Fault) { InTurn = true });
        await FaultRun.AssertAllAsync(Server, [.. points]);
    }

    private static IEnumerable<(Fault Fault, Expected Expected)> FromServer()
    {
        yield return (Down(new Behind("HTTP/1.1")), Expected.Unreachable);
        yield return (Down(new Behind("Upgrade:")), Expected.Unreachable);
        yield return (Down(new Behind("Sec-WebSocket-Accept:")), Expected.Unreachable);

        // The welcome: a frame that is none, a frame that is no JSON, a message that says nothing.
        yield return (Down(new InFrame(1, Place.First), bit: 6), Expected.Unreachable);
        yield return (Down(new InFrame(1, Place.Second), bit: 7), Expected.Unreachable);
        yield return (Down(new InFrame(1, Place.Payload)), Expected.Protocol);
        yield return (Down(new InFrame(1, Place.Last)), Expected.Protocol);

        foreach (var frame in new[] { 2, 5, 9 })
        {
            yield return (Down(new InFrame(frame, Place.First), bit: 6), Expected.Success);
            yield return (Down(new InFrame(frame, Place.First), bit: 5), Expected.Success);
            yield return (Down(new InFrame(frame, Place.Second), bit: 7), Expected.Success);
            yield return (Down(new InFrame(frame, Place.Payload)), Expected.Protocol);
            yield return (Down(new InFrame(frame, Place.Last)), Expected.Protocol);
        }

        // Another number is as good, and what is no number is none.
        yield return (Down(new Behind("\"nameplate\":\"")), Expected.Success);
        yield return (Down(new Behind("\"nameplate\":\""), bit: 6), Expected.Protocol);
        yield return (Down(new Behind("\"mailbox\":\"")), Expected.TimeOver);
        yield return (Down(new Behind("\"pong\":")), Expected.Success);

        // Our own key exchange message, played back; then the other side's.
        yield return (Down(new Behind("\"body\":\"")), Expected.Stale);
        yield return (Down(new Behind("\"body\":\""), bit: 6), Expected.Stale);
        yield return (Down(new Behind("\"body\":\"", 2)), Expected.WrongCode);
        yield return (Down(new Behind("\"body\":\"", 2), bit: 6), Expected.Protocol);
    }

    private IEnumerable<(Fault Fault, Expected Expected)> ToServer()
    {
        yield return (Up(new InFrame(0, Place.First)), Expected.Unreachable);
        yield return (Up(new Behind("GET/")), Expected.Unreachable);
        yield return (Up(new Behind("Sec-WebSocket-Key:")), Expected.Unreachable);
        yield return (Up(new Behind("Sec-WebSocket-Version:")), Expected.Unreachable);

        // The Python server ends a connection on which there is no JSON; ours says what is wrong.
        var broken = IsPython ? Expected.Success : Expected.Refused;
        foreach (var frame in new[] { 1, 3, 5 })
        {
            yield return (Up(new InFrame(frame, Place.First), bit: 6), Expected.Success);
            yield return (Up(new InFrame(frame, Place.Second), bit: 7), Expected.Success);
            yield return (Up(new InFrame(frame, Place.Mask)), broken);
            yield return (Up(new InFrame(frame, Place.Payload)), broken);
            yield return (Up(new InFrame(frame, Place.Last)), broken);
        }

        yield return (Up(new Behind("\"type\":\"")), Expected.Refused);
        yield return (Up(new Behind("\"ping\":")), Expected.Success);
        yield return (Up(new Behind("\"appid\":\"")), Expected.TimeOver);
        yield return (Up(new Behind("\"mailbox\":\"")), Expected.TimeOver);
        yield return (Up(new Behind("\"side\":\"")), Expected.WrongCode);

        // The server plays back what we never said, and the other side cannot read it.
        yield return (Up(new Behind("\"phase\":\"")), Expected.Stale);
        foreach (var phase in new[] { "pake", "version", "0", "1" })
            yield return (Up(new Behind($"\"phase\":\"{phase}\",\"body\":\"", IsDigit: true)), Expected.StaleAndWrongCode);
    }

    private static Fault Down(Spot spot, int bit = 0) => new(FaultKind.Corrupt, Direction.Down, spot) { Bit = bit };

    private static Fault Up(Spot spot, int bit = 0) => new(FaultKind.Corrupt, Direction.Up, spot) { Bit = bit };
}
