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
            case IncomingContent content:
                Say("offer", string.Create(CultureInfo.InvariantCulture, $"{(content is IncomingFolder ? "folder" : "file")} {content.Length} {content.Name}"));
                if (arguments.Asks)
                    await Console.In.ReadLineAsync();
                if (arguments.Rejection is null)
                    await FollowAsync(wormhole, content.Accept());
                else
                    await content.Reject(arguments.Rejection);
                break;
        }
    }

    private static async Task FollowAsync(Wormhole wormhole, IObservable<TransferProgress> transfer)
    {
        var paired = 0L;
        using var pairing = wormhole.Verifier.Subscribe(_ => paired = Stopwatch.GetTimestamp(), _ => { });
        var (isConnected, moved) = (false, 0L);
        var last = await transfer.Do(progress =>
        {
            if (progress.Route is { } route && !isConnected)
            {
                isConnected = true;
                Say("route", $"{route}");
                Say("begun", string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(paired).TotalMilliseconds:F1}"));
            }

            if (progress.Bytes == moved)
                return;
            moved = progress.Bytes;
            Say("moved", string.Create(CultureInfo.InvariantCulture, $"{moved}"));
        });
        Say("done", last.Path ?? "");
    }

    private static void Say(string word, string rest = "") => Console.WriteLine(rest.Length == 0 ? word : $"{word} {rest}");
}
