using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RxWormhole.Testing;

namespace RxWormhole.Tests.Record;

/// <summary>Whatever stands where a checkpoint should: reading gives one or a <see cref="FormatException"/>, and one that was read can be run.</summary>
public sealed class CheckpointFuzzTests : VirtualTimeFixture
{
    private const string Alphabet = "\"{}[]:,\\-+.eE0123456789truefalsnul \0\ud800\udc00é=/AZaz";

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void AnyText_IsReadOrRefused(string? text) => Read(text ?? "");

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void AnyBytes_AreReadOrRefused(byte[] bytes)
    {
        Read(Encoding.UTF8.GetString(bytes));
        Read(Encoding.Latin1.GetString(bytes));
    }

    [Test]
    public void CheckpointCutOffAnywhere_IsRefused()
    {
        for (var length = 0; length < SampleCheckpoint.Json.Length; length++)
            Assert.That(Read(SampleCheckpoint.Json[..length]), Is.Null);
    }

    [Test]
    public void CheckpointWithAnyCharacterReplacedOrLeftOut_IsReadOrRefused()
    {
        for (var at = 0; at < SampleCheckpoint.Json.Length; at++)
        {
            Read(SampleCheckpoint.Json.Remove(at, 1));
            foreach (var character in Alphabet)
                Read(string.Concat(SampleCheckpoint.Json.AsSpan(0, at), character.ToString(), SampleCheckpoint.Json.AsSpan(at + 1)));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property CheckpointWithSeveralChanges_IsReadOrRefusedAndCanBeRun() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, SampleCheckpoint.Json.Length - 1), Gen.Elements(Alphabet.ToCharArray())).ListOf(3).ToArbitrary(),
        changes =>
        {
            var text = new StringBuilder(SampleCheckpoint.Json);
            foreach (var (at, character) in changes)
                text[at] = character;
            if (Read(text.ToString()) is { IsEnded: false } checkpoint)
                Run(checkpoint);
        });

    [TestCase("limit", "0.0000000001")]
    [TestCase("started", "\"9999-12-31T23:59:59.9999999+00:00\"")]
    [TestCase("started", "\"0001-01-01T00:00:00+00:00\"")]
    [TestCase("delivered", "2147483647")]
    [TestCase("mood", "\"scary\"")]
    [TestCase("stray", "\"x\"")]
    [TestCase("closed", "true")]
    [TestCase("held", "false")]
    [TestCase("released", "false")]
    [TestCase("mailbox", "null")]
    public void UnlikelyButWritten_CanBeRun(string field, string value)
    {
        ClearContext();
        Run(Checkpoint.Parse(SampleCheckpoint.With(node => node[field] = System.Text.Json.Nodes.JsonNode.Parse(value))));
    }

    // It may fail, as a session may, but nothing in it may break.
    private void Run(Checkpoint checkpoint)
    {
        if (checkpoint.ToRecord().AppId != "example.com/test")
            return;
        var log = new LogRecorder();
        ClearContext();
        using var restored = Wormhole.Restore(checkpoint, Options("alice") with { Logger = log, Entropy = SeededEntropy.Create(3) });
        restored.Resume().Subscribe(_ => { }, _ => { });
        restored.Send("more").Subscribe(_ => { }, _ => { });
        Advance(2);
        restored.Close();
        Advance(6);
        Assert.That(log.Errors, Is.Empty);
    }

    private static Checkpoint? Read(string text)
    {
        try
        {
            return Checkpoint.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
