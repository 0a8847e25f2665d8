using System.Runtime.InteropServices;
using Sodium;

namespace RxWormhole.Protocol;

// What libsodium exports and Sodium.Core does not wrap, or wraps with an array allocated per call. All lengths are checked by the callers.
internal static partial class Libsodium
{
    internal const int PointLength = 32, ScalarLength = 32, WideScalarLength = 64;
    internal const int NonceLength = 24, TagLength = 16, BoxKeyLength = 32;

    // Without sodium_init libsodium works, but silently runs its portable code at half the speed.
    static Libsodium() => SodiumCore.Init();

    // The class needs its static constructor to have run before the first import is called.
    internal static void EnsureInitialized() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Libsodium).TypeHandle);

    [LibraryImport("libsodium", EntryPoint = "crypto_core_ed25519_is_valid_point")]
    internal static partial int IsValidPoint(ReadOnlySpan<byte> point);

    [LibraryImport("libsodium", EntryPoint = "crypto_core_ed25519_add")]
    internal static partial int Add(Span<byte> sum, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    [LibraryImport("libsodium", EntryPoint = "crypto_core_ed25519_sub")]
    internal static partial int Subtract(Span<byte> difference, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    [LibraryImport("libsodium", EntryPoint = "crypto_core_ed25519_scalar_reduce")]
    internal static partial void ReduceScalar(Span<byte> scalar, ReadOnlySpan<byte> wide);

    [LibraryImport("libsodium", EntryPoint = "crypto_scalarmult_ed25519_base_noclamp")]
    internal static partial int MultiplyBase(Span<byte> point, ReadOnlySpan<byte> scalar);

    [LibraryImport("libsodium", EntryPoint = "crypto_scalarmult_ed25519_noclamp")]
    internal static partial int Multiply(Span<byte> product, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point);

    [LibraryImport("libsodium", EntryPoint = "crypto_secretbox_easy")]
    internal static partial int Seal(Span<byte> box, ReadOnlySpan<byte> plaintext, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    [LibraryImport("libsodium", EntryPoint = "crypto_secretbox_open_easy")]
    internal static partial int Open(Span<byte> plaintext, ReadOnlySpan<byte> box, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    // The ciphertext may take the plaintext's place.
    [LibraryImport("libsodium", EntryPoint = "crypto_secretbox_detached")]
    internal static partial int SealDetached(
        Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> plaintext, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    // The plaintext may overlap the ciphertext.
    [LibraryImport("libsodium", EntryPoint = "crypto_secretbox_open_detached")]
    internal static partial int OpenDetached(
        Span<byte> plaintext, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ulong length, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);
}
