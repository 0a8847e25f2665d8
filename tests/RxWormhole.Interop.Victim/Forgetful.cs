using System.Reactive.Linq;
using Microsoft.Extensions.Logging;

namespace RxWormhole.Interop.Victim;

/// <summary>A program that opens a session and ends without closing it; what it logs goes to the error output.</summary>
internal static class Forgetful
{
    internal static void Run(Uri server, string ending)
    {
        var wormhole = Wormhole.Create(new WormholeOptions { AppId = "example.com/victim", Rendezvous = server, Logger = new ErrorOutput() });
        Console.WriteLine($"code {wormhole.AllocateCode().Wait()}");
        if (ending == "exits")
            Environment.Exit(0);
        if (ending == "closes")
            wormhole.Close().Wait();
        GC.KeepAlive(wormhole);
    }

    private sealed class ErrorOutput : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.Error.WriteLine($"{logLevel}: {formatter(state, exception)}");
    }
}
