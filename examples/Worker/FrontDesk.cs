using System.Reactive.Subjects;

namespace RxWormhole.Examples.Worker;

/// <summary>Where people read the code of the next session: never in the log.</summary>
internal sealed class FrontDesk
{
    private readonly ReplaySubject<string> codes = new();

    internal IObservable<string> Codes => codes;

    internal void Show(string code)
    {
        Console.WriteLine($"Next, please: {code}");
        codes.OnNext(code);
    }
}
