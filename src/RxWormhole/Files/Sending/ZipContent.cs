using RxWormhole.Protocol;

namespace RxWormhole;

/// <summary>A folder as the zip file that it travels as, made while it is read. One file is open at a time, and nothing of any is held.</summary>
internal sealed class ZipContent(IFileSource source, ZipLayout layout, IReadOnlyList<SourceFile?> files) : ForwardStream(layout.Length)
{
    private readonly uint[] sums = new uint[files.Count];
    private ReadOnlyMemory<byte> record;
    private SteadyFile? content;
    private int entry = -1;
    private int central;
    private bool isEnding;

    protected override async ValueTask<int> ReadNextAsync(Memory<byte> buffer, CancellationToken cancelled)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            if (!record.IsEmpty)
            {
                var part = record[..Math.Min(record.Length, buffer.Length - filled)];
                part.CopyTo(buffer[filled..]);
                record = record[part.Length..];
                filled += part.Length;
            }
            else if (content is not null && content.Position < content.Length)
            {
                var count = await content.ReadAsync(buffer[filled..], cancelled).ConfigureAwait(false);
                sums[entry] = Crc32.Append(sums[entry], buffer.Span.Slice(filled, count));
                filled += count;
            }
            else if (!NextRecord())
            {
                break;
            }
        }

        return filled;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content?.Dispose();
        base.Dispose(disposing);
    }

    private bool NextRecord()
    {
        if (content is not null)
        {
            EndEntry();
        }
        else if (entry + 1 < files.Count)
        {
            BeginEntry(entry + 1);
        }
        else if (central < files.Count)
        {
            record = layout.CentralHeader(central, sums[central]);
            central++;
        }
        else if (!isEnding)
        {
            isEnding = true;
            record = layout.End();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void BeginEntry(int index)
    {
        entry = index;
        record = layout.LocalHeader(entry);
        if (files[entry] is { } file)
        {
            content = new SteadyFile(source, file);
            if (content.Length == 0)
                content.Check();
        }
        else
        {
            record = (byte[])[.. record.Span, .. layout.Descriptor(entry, 0)];
        }
    }

    private void EndEntry()
    {
        content!.Dispose();
        content = null;
        record = layout.Descriptor(entry, sums[entry]);
    }
}
