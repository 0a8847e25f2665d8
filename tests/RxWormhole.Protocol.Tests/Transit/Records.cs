namespace RxWormhole.Protocol.Tests;

internal static class Records
{
    internal static byte[] Seal(RecordSealer sealer, byte[] plaintext)
    {
        var record = new byte[RecordSealer.Overhead + plaintext.Length];
        plaintext.CopyTo(record, RecordSealer.Overhead);
        sealer.Seal(record);
        return record;
    }

    /// <summary>What the whole records at the front hold, up to the first that is at fault.</summary>
    internal static List<byte[]> OpenAll(RecordOpener opener, ReadOnlySpan<byte> wire, out RecordFault fault)
    {
        var opened = new List<byte[]>();
        while (true)
        {
            fault = opener.ReadLength(wire, out var length);
            if (fault != RecordFault.None || length == 0 || length > wire.Length)
                return opened;
            var plaintext = new byte[length - RecordSealer.Overhead];
            fault = opener.Open(wire[..length], plaintext);
            if (fault != RecordFault.None)
                return opened;
            opened.Add(plaintext);
            wire = wire[length..];
        }
    }
}
