using System.Globalization;
using RxWormhole.Benchmarks.Load;

namespace RxWormhole.Benchmarks.Exchanges;

/// <summary>How long it takes to say a word through the command, from its start to the end of both sides, and how long the command takes to start at all.</summary>
internal static class ExchangeCommand
{
    private const string Help =
        """
        exchange [--command FILE] [--rounds 21] [--require yes|no]     send --text and receive: two of ours and two of the Go client's in turns, through one of our servers

        FILE is rxwormhole as a native program; one is made if it is not given. Ends with 1 where an aim is missed, unless none is required.
        """;

    private const double MostToStart = 20;

    internal static async Task<int> RunAsync(string[] words)
    {
        try
        {
            var arguments = new LoadArguments(words, "--command", "--rounds", "--require");
            if (arguments.Names.Count > 0 || arguments["--require"] is not (null or "yes" or "no"))
                throw new LoadException(Help);
            var aims = await MeasureAsync(
                Path.GetFullPath(arguments["--command"] ?? NativeProgram.Make()), arguments.Number("--rounds", 21));
            return arguments["--require"] == "no" || aims.TrueForAll(aim => aim.IsReached) ? 0 : 1;
        }
        catch (LoadException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static async Task<List<Aim>> MeasureAsync(string command, int rounds)
    {
        using var server = new OurServers(command).Start("server");
        var url = $"ws://{server.Mailbox!.EndPoint}/v1";
        var (ours, go, start) = (new ExchangeFigures("ours"), new ExchangeFigures("Go"), new List<double>());
        var (our, their) = (ExchangeClient.Ours(command, url), ExchangeClient.Go(url));

        // The first of each brings the programs and what they load into memory, and is not counted.
        for (var round = 0; round <= rounds; round++)
        {
            ours.Add(await TextExchange.RunAsync(our), isCounted: round > 0);
            go.Add(await TextExchange.RunAsync(their), isCounted: round > 0);
            if (await TextExchange.StartAsync(command) is var took && round > 0)
                start.Add(took);
        }

        Console.WriteLine($"send --text and receive, {rounds} rounds in turns; milliseconds: median (least)");
        Console.WriteLine(ours);
        Console.WriteLine(go);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  rxwormhole --version: {ExchangeFigures.Short(start)}; the program has {new FileInfo(command).Length / 1e6:F1} MB"));
        Console.WriteLine();
        var middle = start.Order().ElementAt(start.Count / 2);
        List<Aim> aims =
        [
            Aim.Ratio("send --text and receive: ms, to Go", ours.All, go.All, 1),
            new Aim("rxwormhole --version: ms", middle, null, middle, MostToStart, IsLeast: false),
        ];
        Console.WriteLine(Aim.Header);
        aims.ForEach(Console.WriteLine);
        return aims;
    }
}
