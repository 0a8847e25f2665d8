using System.Collections.Immutable;
using RxWormhole.Protocol;

namespace RxWormhole.Simulation;

// Link scripts that say something else than they should.

internal sealed class ForgetResend : StandInRules
{
    internal override ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists)
    {
        var step = base.Next(record, link, implementation, lists);
        return step with { Commands = step.Commands.RemoveAll(command => command is ClientMessage.Add add && record.Find(add.Phase) is { IsOffered: true }) };
    }
}

internal sealed class ResendEarly : StandInRules
{
    internal override ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists)
    {
        var step = base.Next(record, link, implementation, lists);
        if (link.HasOpened || !step.Link.HasOpened)
            return step;
        var again = record.Own
            .Where(own => own is { IsSealed: true, IsOffered: true, IsEchoed: false })
            .Select(ClientMessage (own) => new ClientMessage.Add(own.Phase, Convert.ToHexStringLower(own.Bytes.Span)));
        return step with { Commands = step.Commands.AddRange(again) };
    }
}

internal sealed class ReleaseEarly : StandInRules
{
    internal override ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists)
    {
        var step = base.Next(record, link, implementation, lists);
        return record is { Mailbox: not null, IsReleased: false, Mood: null } && !step.Link.HasReleased
            ? step with { Commands = step.Commands.Add(new ClientMessage.Release(record.Nameplate!)), Link = step.Link with { HasReleased = true } }
            : step;
    }
}

internal sealed class ForgetClose : StandInRules
{
    internal override ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists)
    {
        var step = base.Next(record, link, implementation, lists);
        var left = step.Commands.RemoveAll(command => command is ClientMessage.Close);
        return left.Length == step.Commands.Length
            ? step
            : base.Next(step.Record with { IsClosed = true }, step.Link, implementation, lists) with { Commands = left };
    }
}

internal sealed class ClaimAgain : StandInRules
{
    internal override ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists)
    {
        var step = base.Next(record, link, implementation, lists);
        if (record is not { Nameplate: { } nameplate, Mailbox: not null, Mood: null } || link.IsBound || !step.Link.IsBound)
            return step;
        ImmutableArray<ClientMessage> claiming = [step.Commands[0], new ClientMessage.Claim(nameplate), .. step.Commands[1..]];
        return step with { Commands = claiming };
    }
}
