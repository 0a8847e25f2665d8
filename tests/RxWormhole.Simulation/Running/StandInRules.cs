using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole.Simulation;

/// <summary>Sound parts, with a stand-in for SPAKE2 that takes no time and has no secrets: whoever listens can find the password out.</summary>
/// <remarks>What sessions rely on it has: both sides get the same key where password, application and both messages are the same, and only there.</remarks>
internal class StandInRules : SessionRules
{
    internal override IKeyAgreement Agree(ReadOnlySpan<byte> password, SecretBytes scalar) => new StandIn(password.ToArray(), scalar);

    private sealed class StandIn : IKeyAgreement
    {
        private readonly byte[] password;
        private readonly byte[] message = new byte[Spake2.MessageLength];

        internal StandIn(byte[] password, SecretBytes scalar)
        {
            this.password = password;
            message[0] = (byte)'S';
            SHA256.HashData(scalar.Span, message.AsSpan(1));
        }

        public ReadOnlyMemory<byte> Message => message;

        public SharedKey? Finish(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> appId)
        {
            if (theirs.Length != message.Length || theirs[0] != 'S' || theirs.SequenceEqual(message))
                return null;
            var isFirst = theirs.SequenceCompareTo(message) > 0;
            return new SharedKey(SHA256.HashData([.. password, .. appId, .. isFirst ? message : theirs, .. isFirst ? theirs : message]));
        }

        public void Dispose()
        {
        }
    }
}
