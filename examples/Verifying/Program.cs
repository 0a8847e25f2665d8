using System.Reactive.Linq;
using RxWormhole;
using RxWormhole.Examples;
using RxWormhole.Protocol;

var options = Rendezvous.Options(args);

Console.WriteLine("Two people compare words before anything is sent.");
await using (var alice = Wormhole.Create(options))
await using (var bob = Wormhole.Create(options))
{
    await bob.SetCode(await alice.AllocateCode());

    // Over the telephone, say: whatever cannot be faked by who carries the messages.
    var bobReads = await bob.Verifier.Select(verifier => verifier.Words);
    await SendChecked(alice, "the combination is 12-34-56", words => Ask($"Bob reads \"{bobReads}\", I read \"{words}\".", bobReads == words));
    Console.WriteLine($"Bob got: {(await bob.Receive()).Text}");
}

Console.WriteLine("\nA wrong code never gets as far as words.");
await using (var alice = Wormhole.Create(options))
await using (var mallory = Wormhole.Create(options))
{
    var code = await alice.AllocateCode(words: 3);
    await mallory.SetCode($"{code.Split('-')[0]}-guess-work");
    try
    {
        await SendChecked(alice, "never sent", _ => throw new InvalidOperationException("There is nothing to compare."));
    }
    catch (WrongCodeException wrong)
    {
        Console.WriteLine($"Alice: {wrong.Message} (mood: {wrong.Mood})");
    }
}

#region verifying
static async Task SendChecked(Wormhole wormhole, string secret, Func<string, bool> areTheSame)
{
    // Nothing is sent before the verifier is asked for, and there is none unless both sides have the same key.
    var verifier = await wormhole.Verifier;
    if (areTheSame(verifier.Words))
        await wormhole.Send(secret);
    else
        await wormhole.Close(Mood.Scary);
}
#endregion

static bool Ask(string question, bool unattended)
{
    Console.Write($"{question} The same? [y/n] ");
    if (!Console.IsInputRedirected)
        return Console.ReadLine() is ['y' or 'Y', ..];
    Console.WriteLine(unattended ? "y" : "n");
    return unattended;
}
