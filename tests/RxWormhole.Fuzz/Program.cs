using RxWormhole.Fuzz;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{FuzzOptions.Usage}");
    return 2;
}

return FuzzProgram.Run(options, args, Console.Out);
