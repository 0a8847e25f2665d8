namespace RxWormhole.Cli;

/// <summary>What people are told of what is sent and received.</summary>
internal static class OfferWords
{
    // Whoever offers a thousand names gets no thousand rows.
    private const int MostNames = 10;

    /// <summary>What it is called in a sentence.</summary>
    internal static string Noun(OfferKind kind) => kind switch
    {
        OfferKind.Text => "text message",
        OfferKind.Folder => "folder",
        OfferKind.Several => "files",
        _ => "file",
    };

    /// <summary>What is sent, or offered to us.</summary>
    internal static string Of(CliEvent.Offer offer) => $"{(offer.IsOurs ? "Sending" : "Receiving")} {What(offer)}{Size(offer)}";

    /// <summary>Which way the bytes go.</summary>
    internal static string Of(TransitRoute route, bool isOurs) => (isOurs ? "Sending " : "Receiving ") + (route, isOurs) switch
    {
        ({ IsRelayed: true }, _) => $"through the relay {SafeText.Line(route.Address)}",
        (_, true) => $"directly to {SafeText.Line(route.Address)}",
        (_, false) => $"directly from {SafeText.Line(route.Address)}",
    };

    private static string What(CliEvent.Offer offer) => offer.Kind switch
    {
        OfferKind.Text => "text message",
        OfferKind.Stream => offer.IsOurs ? "standard input" : $"a stream '{SafeText.Line(offer.Name ?? "")}'",
        OfferKind.Several when offer.Names is { IsEmpty: false } names =>
            string.Join(", ", names.Take(MostNames).Select(name => $"'{SafeText.Line(name, 100)}'")) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : ""),
        OfferKind.File when offer.Name is { } name => $"file '{SafeText.Line(name)}'",
        OfferKind.Folder or OfferKind.Several when offer.Name is { } name => $"folder '{SafeText.Line(name)}'",
        _ => Noun(offer.Kind),
    };

    private static string Size(CliEvent.Offer offer)
    {
        var size = string.Join(", ", new[] { offer.Files is { } files ? Sizes.Count(files, "file") : null, offer.Bytes is { } bytes ? Sizes.Of(bytes) : null }.OfType<string>());
        return size.Length == 0 ? "" : $" ({size})";
    }
}
