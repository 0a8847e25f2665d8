using RxWormhole.Protocol;

namespace RxWormhole.Tests.Links;

/// <summary>A record and a link as the session holds them, without clock and connector: what goes out is a line of text.</summary>
internal sealed class ScriptedLink(SessionRecord record, bool isPoll = false)
{
    internal static readonly ServerMessage Welcome = new ServerMessage.Welcome(new WelcomeInfo());

    internal SessionRecord Record { get; set; } = record;

    internal LinkState Link { get; set; } = new() { IsPoll = isPoll };

    internal LinkVerdict Verdict { get; private set; }

    /// <summary>How many lists of nameplates are wanted.</summary>
    internal int Lists { get; set; }

    /// <summary>Another link for the same record.</summary>
    internal ScriptedLink Redial() => new(Record, Link.IsPoll) { Lists = Lists };

    /// <summary>Takes messages of the server, then says what goes out.</summary>
    internal string On(params ServerMessage[] messages)
    {
        foreach (var message in messages)
        {
            Link = Link.On(message, Record.Side);
            Record = Record.On(message).Record;
        }

        return Play();
    }

    /// <summary>Says what goes out now.</summary>
    internal string Play() => string.Join(", ", Next().Select(Text));

    internal IReadOnlyList<ClientMessage> Next()
    {
        var step = LinkScript.Next(Record, Link, new ClientVersion("test", "1.2.3"), Lists);
        (Record, Link, Verdict) = (step.Record, step.Link, step.Verdict);
        return step.Commands;
    }

    private static string Text(ClientMessage command) => command switch
    {
        ClientMessage.SubmitPermissions => "permission",
        ClientMessage.Bind => "bind",
        ClientMessage.List => "list",
        ClientMessage.Allocate => "allocate",
        ClientMessage.Claim claim => $"claim {claim.Nameplate}",
        ClientMessage.Release release => $"release {release.Nameplate}",
        ClientMessage.Open open => $"open {open.Mailbox}",
        ClientMessage.Add add => $"add {add.Phase}",
        ClientMessage.Close close => $"close {close.Mailbox} {close.Mood}",
        ClientMessage.Ping ping => $"ping {ping.Value}",
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
