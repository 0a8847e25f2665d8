namespace RxWormhole.Cli;

/// <summary>One run of a command.</summary>
/// <param name="Settings">How it is to go about it.</param>
/// <param name="FrontEnd">Whoever runs it.</param>
/// <param name="World">What is outside.</param>
internal sealed record CommandRun(ClientSettings Settings, IFrontEnd FrontEnd, CliWorld World);
