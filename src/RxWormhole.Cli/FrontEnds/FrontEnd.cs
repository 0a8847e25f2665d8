namespace RxWormhole.Cli;

/// <summary>Chooses who is told.</summary>
internal static class FrontEnd
{
    internal static IFrontEnd Of(ClientSettings settings) => settings.Json
        ? new JsonFrontEnd(Console.OpenStandardOutput(), new AnswerLines(Console.OpenStandardInput))
        : new ConsoleFrontEnd(settings);
}
