using System.CommandLine;
using RxWormhole.Simulation;

var seeds = new Option<int>("--seeds") { Description = "How many worlds.", DefaultValueFactory = _ => 1000 };
var firstSeed = new Option<int>("--first-seed") { Description = "The seed of the first one." };
var sabotage = new Option<string?>("--sabotage") { Description = "Put a broken part in, by its name; 'list' names all, 'all' sees how soon each is found out." };
var real = new Option<bool>("--spake2") { Description = "Use the real key exchange, not the stand-in." };
var threads = new Option<int>("--threads") { Description = "How many worlds at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
var hashes = new Option<bool>("--hashes") { Description = "Print the hash of each world's trace, and nothing else." };
var trace = new Option<bool>("--trace") { Description = "Print what happens in each world." };
var exhaustive = new Option<bool>("--exhaustive") { Description = "Every cut and every crash of the plain session, in place of random worlds." };
var strict = new Option<bool>("--strict") { Description = "Fail, too, where the worlds hold less than they should: for runs of thousands." };

var command = new RootCommand("Runs whole worlds of sessions in virtual time, each made from one number, and sees that nothing that goes wrong in them breaks a promise.")
{
    seeds, firstSeed, sabotage, real, threads, hashes, trace, exhaustive, strict,
};
command.SetAction(parsed => Simulation.Run(new SimulationOptions(
    parsed.GetValue(firstSeed),
    parsed.GetValue(seeds),
    parsed.GetValue(threads))
{
    Sabotage = parsed.GetValue(sabotage),
    HasRealExchange = parsed.GetValue(real),
    PrintsHashes = parsed.GetValue(hashes),
    PrintsTraces = parsed.GetValue(trace),
    IsExhaustive = parsed.GetValue(exhaustive),
    IsStrict = parsed.GetValue(strict),
}));
return command.Parse(args).Invoke();
