namespace RxWormhole.Protocol;

/// <summary>The handshake on one transit connection, byte for byte: what arrives goes in, what is to be written comes out.</summary>
/// <remarks>
/// Source: transit, sections 4.4 and 4.5. What arrives is compared as it comes, and the first byte that differs ends it, so that nobody who does not know the keys learns more than that.
/// Which of several connections is used is the sender's to decide, and comes from outside: <see cref="Choose"/> or <see cref="Refuse"/>.
/// </remarks>
public sealed class TransitHandshake
{
    private readonly TransitKeys keys;
    private readonly TransitRole role;
    private readonly byte[]? relayRequest;
    private Step step;
    private int matched;

    /// <summary>Begins a handshake with the other side itself.</summary>
    /// <param name="keys">The keys; they have to last as long as the handshake.</param>
    /// <param name="role">Our role.</param>
    public TransitHandshake(TransitKeys keys, TransitRole role)
    {
        ArgumentNullException.ThrowIfNull(keys);
        this.keys = keys;
        this.role = role;
        step = Step.Line;
    }

    /// <summary>Begins a handshake through a relay.</summary>
    /// <param name="keys">The keys; they have to last as long as the handshake.</param>
    /// <param name="role">Our role.</param>
    /// <param name="relaySide">The 8 random bytes that tell our connections from the other side's.</param>
    public TransitHandshake(TransitKeys keys, TransitRole role, ReadOnlySpan<byte> relaySide)
        : this(keys, role)
    {
        relayRequest = keys.RelayRequest(relaySide);
        step = Step.Relay;
    }

    private enum Step
    {
        Relay,
        Line,
        Decision,
        Over,
    }

    /// <summary>How far it is.</summary>
    public TransitHandshakeState State { get; private set; }

    /// <summary>Why it failed, for people; null where it has not.</summary>
    public string? Failure { get; private set; }

    /// <summary>What arrived behind the handshake: the beginning of the first records. Empty before it is over.</summary>
    public ReadOnlyMemory<byte> LeftOver { get; private set; }

    /// <summary>What is to be written as soon as the connection is there, whoever dialled.</summary>
    public ReadOnlyMemory<byte> Begin() => relayRequest ?? OwnLine();

    /// <summary>Takes what arrived.</summary>
    /// <param name="bytes">Any number of bytes, untrusted.</param>
    /// <returns>What is to be written now; often nothing.</returns>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> bytes)
    {
        ReadOnlyMemory<byte> answer = default;
        while (!bytes.IsEmpty && State == TransitHandshakeState.Waiting)
        {
            var expected = Expected();
            var count = Math.Min(bytes.Length, expected.Length - matched);
            if (!bytes[..count].SequenceEqual(expected.Slice(matched, count)))
            {
                Fail(step switch
                {
                    Step.Relay => "the relay refused",
                    Step.Line => "whoever is there is not the other side",
                    _ => "the other side uses another connection",
                });
                return default;
            }

            bytes = bytes[count..];
            matched += count;
            if (matched < expected.Length)
                continue;
            matched = 0;
            if (step == Step.Relay)
                answer = OwnLine();
            Advance();
        }

        if (State is TransitHandshakeState.Undecided or TransitHandshakeState.Established && !bytes.IsEmpty)
            LeftOver = (byte[])[.. LeftOver.Span, .. bytes];
        return answer;
    }

    /// <summary>Takes that the other end closed.</summary>
    public void Close()
    {
        if (State is TransitHandshakeState.Waiting or TransitHandshakeState.Undecided)
            Fail(step == Step.Relay ? "the relay closed" : "the other end closed");
    }

    /// <summary>A sender decides for this connection.</summary>
    /// <returns>What is to be written.</returns>
    /// <exception cref="InvalidOperationException">It is not <see cref="TransitHandshakeState.Undecided"/>.</exception>
    public ReadOnlyMemory<byte> Choose()
    {
        Decide();
        State = TransitHandshakeState.Established;
        return TransitKeys.Go.ToArray();
    }

    /// <summary>A sender decides against this connection, which is to be closed behind what is to be written.</summary>
    /// <returns>What is to be written.</returns>
    /// <exception cref="InvalidOperationException">It is not <see cref="TransitHandshakeState.Undecided"/>.</exception>
    public ReadOnlyMemory<byte> Refuse()
    {
        Decide();
        Fail("another connection is used");
        return TransitKeys.Nevermind.ToArray();
    }

    private byte[] OwnLine() => keys.Handshake(role).ToArray();

    private ReadOnlySpan<byte> Expected() => step switch
    {
        Step.Relay => TransitKeys.RelayAccepts,
        Step.Line => keys.Handshake(role == TransitRole.Sender ? TransitRole.Receiver : TransitRole.Sender),
        _ => TransitKeys.Go,
    };

    private void Advance()
    {
        (step, State) = step switch
        {
            Step.Relay => (Step.Line, TransitHandshakeState.Waiting),
            Step.Line when role == TransitRole.Sender => (Step.Over, TransitHandshakeState.Undecided),
            Step.Line => (Step.Decision, TransitHandshakeState.Waiting),
            _ => (Step.Over, TransitHandshakeState.Established),
        };
    }

    private void Decide()
    {
        if (State != TransitHandshakeState.Undecided)
            throw new InvalidOperationException("There is nothing to decide: the handshake has not come so far, or is over.");
    }

    private void Fail(string reason)
    {
        State = TransitHandshakeState.Failed;
        Failure = reason;
        LeftOver = default;
    }
}
