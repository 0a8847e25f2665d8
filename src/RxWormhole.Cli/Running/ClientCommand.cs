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
            var world = frontEnd is ConsoleFrontEnd people ? new CliWorld { Log = people.Log } : new CliWorld();
            using var timing = TimingLog.Of(settings, world);
            frontEnd = timing?.Watch(frontEnd) ?? frontEnd;
            using var interrupts = new Interrupts();
            return (int)await CommandRunner.RunAsync(new CommandRun(settings, frontEnd, world), flow, interrupts.Asked).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failure = Failures.Of(exception, new ClientSettings());
            (frontEnd ?? FrontEnd.Of(new ClientSettings { Json = parsed.GetValue(ClientOptions.Json) })).Tell(new CliEvent.Error(failure));
            return (int)failure.Kind;
        }
        finally
        {
            (frontEnd as IDisposable)?.Dispose();
        }
    }
}
