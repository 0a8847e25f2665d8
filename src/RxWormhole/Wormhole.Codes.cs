using System.Diagnostics.Contracts;
using System.Reactive;
using System.Reactive.Linq;
using RxWormhole.Protocol;

namespace RxWormhole;

// The ways to a code.
public sealed partial class Wormhole
{
    private const int MostWords = 16;

    /// <summary>Asks the server for a free nameplate and makes a code of it.</summary>
    /// <param name="words">How many words it has, 1 to 16; each is worth eight bits.</param>
    /// <remarks>Begins when first subscribed to. value: the code. error: the session's end, or <see cref="WormholeUsageException"/> where there is a code already.</remarks>
    [Pure]
    public IObservable<string> AllocateCode(int words = WordList.DefaultLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words, MostWords);
        return Verb(nameof(AllocateCode), session => TakeCodeVerb(session, () => session.Allocate(words)));
    }

    /// <summary>Takes a code that both sides know: one that the other side allocated, or one that people made up.</summary>
    /// <param name="code">The code. What people typed goes through <see cref="CodeText.Normalize"/> before.</param>
    /// <remarks>Begins when first subscribed to. value: the code. error: the session's end, or <see cref="WormholeUsageException"/> where there is a code already.</remarks>
    /// <exception cref="ArgumentException">The text is not a code; the message says what one looks like.</exception>
    [Pure]
    public IObservable<string> SetCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!WormholeCode.TryParse(code, out var nameplate, out var reason))
            throw new ArgumentException(reason, nameof(code));
        return Verb(nameof(SetCode), session => TakeCodeVerb(session, () => session.SetCode(code, nameplate)));
    }

    /// <summary>Lets somebody type the code, with completion.</summary>
    /// <remarks>Begins when called. Where there is a code already, everything the result is asked for fails with <see cref="WormholeUsageException"/>.</remarks>
    public CodeInput InputCode()
    {
        var begun = session.Ask(Observable.Return(Unit.Default), () =>
        {
            if (!session.TryTakeCodeVerb(out var refusal, isTyping: true))
                return refusal;
            session.BeginTyping();
            return null;
        });
        return new CodeInput(session, edge, this, begun);
    }

    /// <summary>Goes on with a restored session.</summary>
    /// <remarks>
    /// Begins when first subscribed to. Unlike a new session a restored one does not fail because the server cannot be reached at first.
    /// value: the code. error: the session's end, or <see cref="WormholeUsageException"/> where the wormhole was not restored.
    /// </remarks>
    [Pure]
    public IObservable<string> Resume() => Verb(nameof(Resume), static session => session.Ask(session.Code, () =>
    {
        if (session.WhyNotResume() is { } refusal)
            return refusal;
        session.Resume();
        return null;
    }));

    private static IObservable<string> TakeCodeVerb(Session session, Action take) => session.Ask(session.Code, () =>
    {
        if (session.TryTakeCodeVerb(out var refusal))
            take();
        return refusal;
    });
}
