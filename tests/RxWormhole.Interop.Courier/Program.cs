// Sends or receives one thing, and says in lines of "word rest" what goes on:
//
//     RxWormhole.Interop.Courier text    [options] WORDS
//     RxWormhole.Interop.Courier send    [options] PATH…
//     RxWormhole.Interop.Courier receive [options] CODE
//
//     code CODE | offer KIND LENGTH NAME | text WORDS | route ROUTE | moved BYTES | begun MILLISECONDS | done [PATH] | error KIND MESSAGE
//
// "begun" says how long it took from pairing to the connection. It ends with 0 behind "done" and with 1 behind "error".
using RxWormhole.Interop.Courier;

if (CourierArguments.TryParse(args, out var arguments, out var problem))
    return await Errand.RunAsync(arguments);
Console.Error.WriteLine(problem);
return 2;
