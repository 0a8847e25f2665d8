namespace RxWormhole.Cli;

/// <summary>Chooses who is told.</summary>
internal static class FrontEnd
{
    internal static IFrontEnd Of(ClientSettings settings) => settings.Json
        ? new JsonFrontEnd(StandardOutput.Open(), new AnswerLines(Console.OpenStandardInput))
        : new ConsoleFrontEnd(settings);
}
