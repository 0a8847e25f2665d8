using System.Diagnostics;
using System.Globalization;
using System.Reactive.Linq;

namespace RxWormhole.Interop.Courier;

/// <summary>One thing sent or received, from the code to the end.</summary>
internal static class Errand
{
    internal static async Task<int> RunAsync(CourierArguments arguments)
    {
        await using var wormhole = Wormhole.Create(arguments.Options);
        try
        {
            if (arguments.Command == "receive")
                await ReceiveAsync(wormhole, arguments);
            else
                await SendAsync(wormhole, arguments);
            await wormhole.Close();
            return 0;
        }
        catch (Exception exception)
        {
            var kind = exception switch
            {
                TransferException transfer => $"{transfer.Fault}",
                TransitException transit => $"{transit.Fault}",
                _ => exception.GetType().Name,
            };
            Say("error", $"{kind} {exception.Message.ReplaceLineEndings(" ")}");
            // As an application would that has one thing to do: the other side is told, and not waited for endlessly.
            await wormhole.Close().Timeout(TimeSpan.FromSeconds(5)).Materialize().LastAsync();
            return 1;
        }
    }

    private static async Task SendAsync(Wormhole wormhole, CourierArguments arguments)
    {
        if (arguments.Code is { } code)
            await wormhole.SetCode(code);
        else
            Say("code", await wormhole.AllocateCode());
        if (arguments.Command == "text")
        {
            await wormhole.SendText(arguments.What[0]);
            Say("done");
            return;
        }

        await FollowAsync(wormhole, arguments.What is [var only] ? wormhole.SendFile(only) : wormhole.SendFiles(arguments.What));
    }

    private static async Task ReceiveAsync(Wormhole wormhole, CourierArguments arguments)
    {
        await wormhole.SetCode(arguments.What[0]);
        switch (await wormhole.ReceiveOffer(arguments.Receiving))
        {
            case IncomingText text:
                Say("text", text.Text);
                Say("done");
                break;
            case IncomingFile file:
                Say("offer", string.Create(CultureInfo.InvariantCulture, $"file {file.Length} {file.Name}"));
                if (arguments.Rejection is null)
                    await FollowAsync(wormhole, file.Accept());
                else
                    await file.Reject(arguments.Rejection);
                break;
            case IncomingFolder folder:
                Say("offer", string.Create(CultureInfo.InvariantCulture, $"folder {folder.Length} {folder.Name}"));
                if (arguments.Rejection is null)
                    await FollowAsync(wormhole, folder.Accept());
                else
                    await folder.Reject(arguments.Rejection);
                break;
        }
    }

    private static async Task FollowAsync(Wormhole wormhole, IObservable<TransferProgress> transfer)
    {
        var paired = 0L;
        var (hasRoute, hasBegun) = (false, false);
        using var pairing = wormhole.Verifier.Subscribe(_ => paired = Stopwatch.GetTimestamp(), _ => { });
        var last = await transfer.Do(progress =>
        {
            if (progress.Route is { } route && !hasRoute)
            {
                hasRoute = true;
                Say("route", $"{route}");
            }

            if (progress.Bytes <= 0)
                return;
            if (!hasBegun)
                Say("begun", string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(paired).TotalMilliseconds:F1}"));
            hasBegun = true;
            Say("moved", string.Create(CultureInfo.InvariantCulture, $"{progress.Bytes}"));
        });
        Say("done", last.Path ?? "");
    }

    private static void Say(string word, string rest = "") => Console.WriteLine(rest.Length == 0 ? word : $"{word} {rest}");
}
