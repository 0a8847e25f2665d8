using System.Net.Sockets;
using System.Security.Cryptography;
using RxWormhole.Protocol;

namespace RxWormhole.Benchmarks.Transfer;

/// <summary>What nobody can do with less: one thread, one buffer, the same primitives.</summary>
internal static class PlainLoop
{
    internal static Task Send(Socket socket, Stream source, long length, int recordBytes, IncrementalHash hash, TransitKeys keys)
    {
        using var sealer = new RecordSealer(keys.RecordKey(TransitRole.Sender));
        var record = new byte[RecordSealer.Overhead + recordBytes];
        while (length > 0)
        {
            var plaintext = record.AsSpan(RecordSealer.Overhead, (int)Math.Min(length, recordBytes));
            source.ReadExactly(plaintext);
            hash.AppendData(plaintext);
            var whole = record.AsSpan(0, RecordSealer.Overhead + plaintext.Length);
            sealer.Seal(whole);
            while (!whole.IsEmpty)
                whole = whole[socket.Send(whole)..];
            length -= plaintext.Length;
        }

        return Task.CompletedTask;
    }

    internal static Task Receive(Socket socket, Stream target, long length, int recordBytes, IncrementalHash hash, TransitKeys keys)
    {
        using var opener = new RecordOpener(keys.RecordKey(TransitRole.Sender), recordBytes);
        var record = new byte[RecordSealer.Overhead + recordBytes];
        while (length > 0)
        {
            var whole = record.AsSpan(0, RecordSealer.Overhead + (int)Math.Min(length, recordBytes));
            for (var have = 0; have < whole.Length;)
                have += socket.Receive(whole[have..]) is > 0 and var count ? count : throw new EndOfStreamException();
            var plaintext = whole[RecordSealer.Overhead..];
            if (opener.Open(whole, plaintext) != RecordFault.None)
                throw new InvalidDataException("a bad record");
            hash.AppendData(plaintext);
            target.Write(plaintext);
            length -= plaintext.Length;
        }

        return Task.CompletedTask;
    }
}
