using System.CommandLine;
using System.Reactive;

namespace RxWormhole.Cli;

/// <summary>Runs a command that talks to somebody else, from what was typed to what the process ends with.</summary>
internal static class ClientCommand
{
    internal static async Task<int> RunAsync(ParseResult parsed, Func<Wormhole, CommandRun, IObservable<Unit>> flow)
    {
        IFrontEnd? frontEnd = null;
        try
        {
            var settings = SettingsReader.Read(parsed);
            frontEnd = FrontEnd.Of(settings);
            using var interrupts = new Interrupts();
            var run = new CommandRun(settings, frontEnd, new CliWorld());
            return (int)await CommandRunner.RunAsync(run, flow, interrupts.Asked).ConfigureAwait(false);
        }
        catch (FailedException failed)
        {
            (frontEnd ?? FrontEnd.Of(new ClientSettings { Json = parsed.GetValue(ClientOptions.Json) })).Tell(new CliEvent.Error(failed.Failure));
            return (int)failed.Failure.Kind;
        }
        finally
        {
            (frontEnd as IDisposable)?.Dispose();
        }
    }
}
