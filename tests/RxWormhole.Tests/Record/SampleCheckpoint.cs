using System.Text.Json.Nodes;
using RxWormhole.Protocol;

namespace RxWormhole.Tests.Record;

/// <summary>A checkpoint with everything in it, and its secrets.</summary>
internal static class SampleCheckpoint
{
    internal const string Message = "the treasure is under the oak";

    internal static string Json { get; } = CheckpointDocument.Write(new SessionRecord
    {
        AppId = "example.com/test",
        Server = new Uri("ws://rendezvous.invalid/v1"),
        Side = "5ide5ide",
        Scalar = new SecretBytes([.. Enumerable.Range(1, 32).Select(i => (byte)(7 * i))]),
        Started = new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero),
        Limit = TimeSpan.FromMinutes(5),
        Words = "purple-sausages",
        Nameplate = "71",
        Code = "71-purple-sausages",
        IsHeld = true,
        IsReleased = true,
        Mailbox = "mb0xmb0x",
        IsPeerThere = true,
        PeerSide = "p33rp33r",
        PeerPake = "a pake of theirs"u8.ToArray(),
        IsConfirmed = true,
        Pake = new OwnPhase(Phase.Pake, "a pake of ours"u8.ToArray(), IsSealed: true, IsOffered: true, IsEchoed: true),
        Version = new OwnPhase(Phase.Version, "a version of ours"u8.ToArray(), IsSealed: true, IsOffered: true),
        Messages =
        [
            new OwnPhase("0", "sealed bytes"u8.ToArray(), IsSealed: true, IsOffered: true),
            new OwnPhase("1", "more sealed bytes"u8.ToArray(), IsSealed: true),
            new OwnPhase("2", System.Text.Encoding.UTF8.GetBytes(Message), IsSealed: false),
        ],
        Delivered = 3,
    });

    /// <summary>What must not be read anywhere else.</summary>
    internal static IEnumerable<string> Secrets { get; } =
    [
        "purple", "sausages", "71-", "5ide5ide", "mb0xmb0x", "p33rp33r", "example.com", Message, "treasure",
        (string)Node()["scalar"]!, .. Node()["own"]!.AsArray().Select(own => (string)own!["bytes"]!), (string)Node()["peer-pake"]!,
    ];

    internal static JsonObject Node() => JsonNode.Parse(Json)!.AsObject();

    /// <summary>The sample, changed.</summary>
    internal static string With(Action<JsonObject> change)
    {
        var node = Node();
        change(node);
        return node.ToJsonString();
    }
}
