using BenchmarkDotNet.Attributes;
using RxWormhole.Protocol;

namespace RxWormhole.Benchmarks;

/// <summary>The operations on the curve that a key exchange is made of.</summary>
public class Ed25519Benchmarks
{
    private readonly Spake2Sides side = new();
    private readonly byte[] result = new byte[Libsodium.PointLength];

    [Benchmark]
    public int MultiplyBase() => Libsodium.MultiplyBase(result, side.Scalar);

    [Benchmark]
    public int Multiply() => Libsodium.Multiply(result, side.Scalar, side.Point);

    [Benchmark]
    public int IsValidPoint() => Libsodium.IsValidPoint(side.Point);

    [Benchmark]
    public int Add() => Libsodium.Add(result, side.Point, Spake2.Blinding);

    [Benchmark]
    public int Subtract() => Libsodium.Subtract(result, side.Point, Spake2.Blinding);
}
