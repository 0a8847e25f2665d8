using System.Reactive;
using System.Reactive.Subjects;
using RxWormhole.Protocol;

namespace RxWormhole;

// A code that is typed: the nameplate is claimed as soon as it is known, the words come later.
internal sealed partial class Session
{
    private readonly BehaviorSubject<IReadOnlyList<string>> nameplates = new([]);
    private readonly AsyncSubject<Unit> wordsKnown = new();
    private readonly List<AsyncSubject<IReadOnlyList<string>>> refreshes = [];
    private CodeEntry entry = CodeEntry.Empty;
    private int lists;
    private bool isTyping;

    /// <summary>How far the typing has come.</summary>
    internal CodeEntry Entry => Volatile.Read(ref entry);

    internal IObservable<IReadOnlyList<string>> Nameplates => nameplates;

    internal IObservable<Unit> WordsKnown => wordsKnown;

    /// <summary>Why nothing can be typed, or null.</summary>
    internal WormholeException? WhyNotTyping() =>
        over ?? (isTyping ? null : new WormholeUsageException("This wormhole has its code from elsewhere, so none can be typed."));

    internal void BeginTyping()
    {
        isTyping = true;
        if (record.Nameplate is not null)
        {
            CodeEntry.Empty.ChooseNameplate(record.Nameplate, out entry);
            entry = entry with { AreWordsKnown = record.Mailbox is not null };
        }
        else
        {
            lists++;
        }

        Begin();
    }

    internal CodeEntryFault RefreshNameplates(AsyncSubject<IReadOnlyList<string>> answer)
    {
        var fault = entry.Refresh();
        if (fault != CodeEntryFault.None)
            return fault;
        refreshes.Add(answer);
        lists++;
        Wake();
        return fault;
    }

    internal CodeEntryFault ChooseNameplate(string nameplate)
    {
        var fault = entry.ChooseNameplate(nameplate, out entry);
        if (fault != CodeEntryFault.None)
            return fault;
        record = record with { Nameplate = nameplate };
        Wake();
        return fault;
    }

    internal CodeEntryFault ChooseWords(string words)
    {
        var fault = entry.ChooseWords(words, out entry);
        if (fault != CodeEntryFault.None)
            return fault;
        record = record with { Code = entry.Code };
        OnCode(entry.Code!);
        Report(current => current with { Stage = record.Stage });
        Wake();
        return fault;
    }

    private void OnNameplates(IReadOnlyList<string> names)
    {
        entry = entry with { Listed = [.. names] };
        var asked = refreshes.ToArray();
        effects.Add(() =>
        {
            nameplates.OnNext(names);
            foreach (var answer in asked)
            {
                refreshes.Remove(answer);
                answer.OnNext(names);
                answer.OnCompleted();
            }
        });
    }

    // The claim was answered. In principle a nameplate could determine its list of words; at present there is one list.
    private void OnClaimed()
    {
        entry = entry with { AreWordsKnown = true };
        effects.Add(() =>
        {
            wordsKnown.OnNext(Unit.Default);
            wordsKnown.OnCompleted();
        });
        Report(current => current with { Stage = record.Stage });
    }

    private void EndTyping(WormholeException exception)
    {
        wordsKnown.OnError(exception);
        nameplates.OnCompleted();
        foreach (var answer in refreshes)
            answer.OnError(exception);
        refreshes.Clear();
    }
}
