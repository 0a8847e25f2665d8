using System.Collections.Immutable;

namespace RxWormhole.Cli;

/// <summary>Where what is received goes.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">The name, or null for the one that is offered.</param>
/// <param name="IsOutput">Whether it goes to standard output, and not to a folder.</param>
internal sealed record ReceiveTarget(string Folder, string? Name, bool IsOutput = false)
{
    /// <summary>Looks at what was asked for, before anybody is called.</summary>
    /// <exception cref="FailedException">It cannot be written there.</exception>
    internal static ReceiveTarget Of(CommandRun run, ReceiveRequest request)
    {
        var sink = run.World.Sink;
        var asked = request.Output;
        if (asked == StandardStream.Word)
        {
            return run.Settings.Json
                ? throw new FailedException(OptionRules.OutputTwice)
                : new ReceiveTarget(run.Settings.OutputDir, null, IsOutput: true);
        }

        var target = asked switch
        {
            null => new ReceiveTarget(run.Settings.OutputDir, null),
            _ when sink.Look(asked) is { Kind: FileKind.Folder } => new ReceiveTarget(asked, null),
            _ when Path.GetFileName(asked) is { Length: > 0 } name => new ReceiveTarget(Path.GetDirectoryName(asked) is { Length: > 0 } folder ? folder : run.Settings.OutputDir, name),
            _ => throw new FailedException(ExitCode.LocalFile, $"There is no folder '{asked}'.", "Make it, or choose another with --output-file."),
        };
        return sink.Look(target.Folder) switch
        {
            null => throw new FailedException(ExitCode.LocalFile, $"There is no folder '{target.Folder}'.", "Make it, or choose another with --output-dir."),
            { Kind: not FileKind.Folder } => throw new FailedException(ExitCode.LocalFile, $"'{target.Folder}' is no folder.", "Choose another with --output-dir."),
            _ => Writable(target, sink),
        };
    }

    private static ReceiveTarget Writable(ReceiveTarget target, IFileSink sink)
    {
        try
        {
            // A file without a name, which is gone when it is closed.
            sink.CreateUnnamed(target.Folder).Dispose();
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FailedException(
                new Failure(ExitCode.LocalFile, $"Nothing can be written to '{target.Folder}': {exception.Message}", "Choose another folder with --output-dir."), exception);
        }
    }

    /// <summary>What is there already of what is offered.</summary>
    internal ImmutableArray<string> Existing(IFileSink sink, IncomingContent content) =>
        IsOutput ? [] : [.. Names(content).Where(name => sink.Look(sink.Join(Folder, name)) is not null)];

    private IEnumerable<string> Names(IncomingContent content) => content is IncomingFolder { IsSeveral: true } several && Name is null
        ? several.Names.Select(name => name.TrimEnd('/'))
        : [Name ?? content.Name];
}
