using System.Reactive.Concurrency;
using System.Text.Json;
using RxWormhole.Contracts;

namespace RxWormhole.Cli.Tests.Transfers;

/// <summary>The file of <c>--dump-timing</c>.</summary>
public sealed class TimingTests
{
    [Test]
    public void WhatHappened_IsAListOfSpansInPlaceOfWhatWasThere()
    {
        var file = new MemoryStream();
        file.Write(new byte[10_000]);
        var timing = new TimingFrontEnd(new ScriptedFrontEnd(), DefaultScheduler.Instance, file);
        timing.Tell(new CliEvent.Status(new WormholeStatus { Stage = WormholeStage.WaitingForPeer }));
        timing.Tell(new CliEvent.Progress(new TransferProgress { Stage = TransferStage.Moving, Bytes = 5 }));
        timing.Tell(new CliEvent.Done("file sent"));
        using var list = JsonDocument.Parse(file.ToArray().AsMemory());
        Assert.That(list.RootElement.EnumerateArray().Select(span => span.GetProperty("name").GetString()), Is.EqualTo(new[] { "WaitingForPeer", "move", "exit" }));
        Assert.That(list.RootElement[0].GetProperty("start").GetDouble(), Is.GreaterThan(1.7e9));
    }

    [Test]
    public void FileThatCannotBeWritten_IsANoteAndNoFailure()
    {
        var inner = new ScriptedFrontEnd();
        new TimingFrontEnd(inner, DefaultScheduler.Instance, new FullDisk()).Tell(new CliEvent.Done("file sent"));
        Assert.That(inner.Events.Select(each => each.GetType().Name), Is.EqualTo(new[] { "Note", "Done" }));
        EventSchema.AssertEnded(inner.Lines);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}
