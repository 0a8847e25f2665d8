using System.Text;

namespace RxWormhole.Tests.Transit;

/// <summary>A hand-made end of a connection: everything that arrives is kept, and what is said is said byte for byte.</summary>
internal sealed class RawEnd(Func<double> now)
{
    private readonly byte[] buffer = new byte[4096];
    private readonly StringBuilder heard = new();
    private Action<string>? onHeard;

    internal ITransitConnection? Connection { get; private set; }

    internal Exception? Refusal { get; set; }

    internal string Heard => heard.ToString();

    /// <summary>When the other end closed, or the connection was lost; null where it is open.</summary>
    internal double? ClosedAt { get; private set; }

    /// <summary>What to do with what arrives; it gets all that was heard so far.</summary>
    internal RawEnd On(Action<string> heard)
    {
        onHeard = heard;
        return this;
    }

    internal RawEnd Saying(string text) => On(heard => Say(heard.Length > 0 && !HasSaid ? text : ""));

    private bool HasSaid { get; set; }

    internal void Take(ITransitConnection connection)
    {
        Connection = connection;
        _ = ReadAsync();
    }

    internal void Say(string text)
    {
        if (text.Length == 0)
            return;
        HasSaid = true;
        Say(Encoding.ASCII.GetBytes(text));
    }

    internal void Say(byte[] bytes) => _ = SayAsync(bytes);

    private async Task SayAsync(byte[] bytes)
    {
        try
        {
            await Connection!.WriteAsync(bytes);
        }
        catch (IOException)
        {
            ClosedAt ??= now();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await Connection!.ReadAsync(buffer) is > 0 and var count)
            {
                heard.Append(Encoding.ASCII.GetString(buffer, 0, count));
                onHeard?.Invoke(Heard);
            }
        }
        catch (IOException)
        {
        }

        ClosedAt ??= now();
    }
}
