using System.Collections.Immutable;
using System.Globalization;
using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>The script that every link runs, push or poll, over whatever connector. Pure: asked after everything that happens what to send next.</summary>
/// <remarks>
/// 1. Wait for <c>welcome</c>, show a permission, <c>bind</c>.
/// 2. Mailbox unknown: <c>allocate</c>, wait; <c>claim</c>, wait. Released but unanswered: <c>release</c>.
/// 3. <c>open</c>; then <c>add</c> what was never offered on any link, unless something before it waits for the mark; then <c>ping</c>.
/// 4. The answer to that ping is the sync mark, because the server works through one link's commands in order and the <c>ack</c> of <c>open</c> comes
///    before the old messages. What was offered on earlier links and did not come back is added only now: a doubled <c>pake</c> or <c>version</c>
///    ends the Go and Rust clients. What was echoed before and did not come back shows that the server lost the mailbox.
/// 5. What comes up later goes out at once. A poll asks with another ping behind each batch, and hangs up when the newest answer left nothing to do,
///    a moment later, so that what the application says to it still goes out.
/// 6. Closing: flush, <c>release</c>, <c>close</c>.
/// Source: the mailbox protocol, section 2.8; waiting, marking and flushing are ours.
/// </remarks>
internal static class LinkScript
{
    internal static ScriptStep Next(SessionRecord record, LinkState link, ClientVersion implementation, int lists)
    {
        var script = new Run(record, link);
        if (link.IsWelcomed && link.Missing is null)
            script.Play(implementation, lists);
        return script.Result();
    }

    private struct Run(SessionRecord record, LinkState link)
    {
        // Most of what happens calls for no command.
        private ImmutableArray<ClientMessage> commands = [];
        private SessionRecord record = record;
        private LinkState link = link;
        private LinkVerdict verdict = LinkVerdict.Stay;

        public readonly ScriptStep Result() => new(record, link, commands, verdict);

        public void Play(ClientVersion implementation, int lists)
        {
            if (IsFinished)
            {
                verdict = LinkVerdict.Finished;
                return;
            }

            Bind(implementation);
            List(lists);
            if (record.Mood is null && !link.HasClosed)
                Meet();
            Release();
            if (record.Stray is not null)
                CloseStray();
            else if (record.Mailbox is not null)
                Exchange();
            if (record.Mood is { } mood && record.Stray is null && !NeedsFlush)
                Close(mood);
            Mark();
        }

        private readonly bool IsFinished => record.Mood is not null && record.IsSettled && !link.IsAwaitingNameplate;

        private readonly bool NeedsFlush
        {
            get
            {
                // Without the peer's pake nobody could read what we add.
                if (record.Mailbox is null || record.IsClosed || record.PeerSide is null)
                    return false;
                foreach (var own in record.Own)
                {
                    if (own is { IsSealed: true, IsEchoed: false } && !link.Added.Contains(own.Phase))
                        return true;
                }

                return false;
            }
        }

        private void Bind(ClientVersion implementation)
        {
            if (link.IsBound)
                return;
            if (link.Permission is not null)
                commands = commands.Add(link.Permission);
            commands = commands.Add(new ClientMessage.Bind(record.AppId, record.Side, implementation));
            link = link with { IsBound = true };
        }

        private void List(int lists)
        {
            if (record.Nameplate is not null || link.Lists >= lists)
                return;
            Send(new ClientMessage.List());
            link = link with { Lists = lists };
        }

        private void Meet()
        {
            if (record is { Words: not null, Nameplate: null } && !link.HasAskedToAllocate)
            {
                Send(new ClientMessage.Allocate());
                link = link with { HasAskedToAllocate = true, IsAwaitingNameplate = true };
            }
            else if (record is { Nameplate: { } nameplate, Mailbox: null, IsReleased: false, Stray: null } && !link.HasClaimed)
            {
                Send(new ClientMessage.Claim(nameplate, link.Keep));
                link = link with { HasClaimed = true, IsAwaitingNameplate = true };
                record = record with { IsHeld = true };
            }
        }

        private void Release()
        {
            if (record is not { IsHeld: true, IsReleased: false } || link.HasReleased || !(record.IsPeerThere || record.Mood is not null))
                return;
            Send(new ClientMessage.Release(record.Nameplate));
            link = link with { HasReleased = true };
        }

        // A link takes one claim and one close: the new mailbox is for the next link.
        private void CloseStray()
        {
            if (link.HasClosed)
                return;
            Send(new ClientMessage.Close(record.Stray, Mood.Lonely.ToWire()));
            link = link with { HasClosed = true };
        }

        private void Exchange()
        {
            if (record.Mood is not null && !NeedsFlush)
                return;
            if (!link.HasOpened)
            {
                Send(new ClientMessage.Open(record.Mailbox!, link.Keep));
                link = link with { HasOpened = true };
            }

            if (link.HasMark && !link.IsSynchronized)
                Synchronize();
            if (!link.IsCautious && record.Stray is null)
                AddNew();
            if (link.SyncPing == 0)
            {
                Ping();
                link = link with { SyncPing = link.Pings };
            }
        }

        // Never offered: always the last ones. The Go and Rust clients take messages as they come, so that nothing may overtake what was offered before
        // and has not come back on this link: it may have been lost, and then it is added at the mark.
        private void AddNew()
        {
            var first = record.Messages.Count;
            while (first > 0 && !record.Messages[first - 1].IsOffered)
                first--;
            var offered = first + (record.Pake is { IsOffered: true } ? 1 : 0) + (record.Version is { IsOffered: true } ? 1 : 0);
            if (!link.IsSynchronized && offered > link.Seen.Count + link.Added.Count)
                return;
            AddNew(record.Pake);
            AddNew(record.Version);
            for (var i = first; i < record.Messages.Count; i++)
                AddNew(record.Messages[i]);
        }

        private void AddNew(OwnPhase? own)
        {
            if (own is { IsSealed: true, IsOffered: false })
                Add(own);
        }

        private void Synchronize()
        {
            var lost = false;
            foreach (var own in record.Own)
                lost |= own.IsEchoed && !link.Seen.Contains(own.Phase);
            link = link with { IsSynchronized = true, IsCautious = false, HasLost = lost };
            if (lost && !record.IsPeerThere && link.Seen.IsEmpty)
            {
                // The server forgot the mailbox, so the nameplate too, and nobody else knows the mailbox: begin again with the nameplate.
                Forget();
                record = record with { Stray = record.Mailbox, Mailbox = null };
                CloseStray();
                return;
            }

            foreach (var own in record.Own)
            {
                if (own is { IsSealed: true, IsOffered: true } && !link.Seen.Contains(own.Phase) && !link.Added.Contains(own.Phase))
                    Add(own);
            }
        }

        // What the server lost was never offered to the mailbox that takes its place.
        private void Forget()
        {
            foreach (var own in record.Own)
                record = record.With(own with { IsOffered = false, IsEchoed = false });
        }

        private void Close(Mood mood)
        {
            if (record is { Mailbox: { } mailbox, IsClosed: false } && !link.HasClosed)
            {
                Send(new ClientMessage.Close(mailbox, mood.ToWire()));
                link = link with { HasClosed = true };
            }
        }

        // The first ping of a link shows that it works; a poll's later ones, that the server is done with what was sent.
        private void Mark()
        {
            if (record.Mood is not null)
                return;
            if (link.HasClosed && record.Stray is null)
                verdict = LinkVerdict.Redial;
            else if (link is { Pings: 0, IsAwaitingNameplate: false } || link is { IsPoll: true, IsUnmarked: true, IsAwaitingNameplate: false })
                Ping();
            else if (link.IsPoll && link.Marks == link.Pings && link.Pings > 0 && !link.IsAwaitingNameplate)
                verdict = LinkVerdict.HangUp;
        }

        private void Add(OwnPhase own)
        {
            Send(new ClientMessage.Add(own.Phase, Convert.ToHexStringLower(own.Bytes.Span)));
            record = record.With(own with { IsOffered = true, IsEchoed = false });
            link = link with { Added = link.Added.Add(own.Phase) };
        }

        private void Ping()
        {
            link = link with { Pings = link.Pings + 1, IsUnmarked = false };
            commands = commands.Add(new ClientMessage.Ping(link.Pings.ToString(CultureInfo.InvariantCulture)));
        }

        private void Send(ClientMessage command)
        {
            commands = commands.Add(command);
            link = link with { IsUnmarked = true };
        }
    }
}
