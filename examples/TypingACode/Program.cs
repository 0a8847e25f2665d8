using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;
using RxWormhole.Examples.TypingACode;
using RxWormhole.Protocol;

// dotnet run --project examples/TypingACode [server]
// With a server and a terminal you type; otherwise somebody types for you.
var options = Rendezvous.Options(args);
await using var friend = Wormhole.Create(options);
var code = await friend.AllocateCode();
_ = friend.Send("Well typed.");
Console.WriteLine($"A friend reads to you: {code}");
Console.WriteLine("Type it. Tab completes, Enter ends.");

#region typing
await using var wormhole = Wormhole.Create(options);
var input = wormhole.InputCode();
await input.Refresh();
var nameplate = Terminal.ReadLine(
    "Nameplate: ", input.NameplateCompletions, text => WormholeCode.IsNameplate(text.TrimEnd('-')), KeysFor(code.Split('-')[0]));

// From here on the nameplate is ours: nobody else can take it, and it cannot be corrected.
await input.ChooseNameplate(nameplate.TrimEnd('-'));
var words = Terminal.ReadLine(
    "Words:     ", text => input.WordCompletions(text), WormholeCode.AreWords, KeysFor(code.Split('-', 2)[1]));
await input.ChooseWords(words);
#endregion

Console.WriteLine($"The friend says: {(await wormhole.Receive()).Text}");

Func<string, IReadOnlyList<string>, char> KeysFor(string wanted) => Console.IsInputRedirected || args is []
    ? (text, completions) => ScriptedPerson.NextKey(wanted, text, completions)
    : (_, _) => Console.ReadKey(intercept: true).KeyChar;
