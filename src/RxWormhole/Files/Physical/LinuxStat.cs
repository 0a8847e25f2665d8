using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace RxWormhole;

/// <summary>What Linux says about a file, which .NET does not: whether it is a pipe or device, which file it is, and whether it is on the disk.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxStat
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int NoReplace = 1;
    private const int CloseOnExec = 0x80000;

    // errno
    private const int NoEntry = 2;
    private const int BrokenDisk = 5;
    private const int Exists = 17;
    private const int NoFolder = 20;
    private const int NoSpace = 28;
    private const int TooManyLinks = 40;
    private const int NoQuota = 122;

    /// <summary>Looks at a path; null where there is nothing.</summary>
    internal static Facts? Look(string path, bool followLink)
    {
        if (statx(CurrentFolder, path, followLink ? 0 : NoFollow, BasicStats, out var facts) == 0)
            return facts;
        var error = Marshal.GetLastPInvokeError();
        if (error is NoEntry or NoFolder or TooManyLinks)
            return null;
        throw Failed(error, path);
    }

    /// <summary>Looks at a file that is open.</summary>
    internal static Facts Look(SafeFileHandle handle, string path)
    {
        if (statx(handle, "", EmptyPath, BasicStats, out var facts) == 0)
            return facts;
        throw Failed(Marshal.GetLastPInvokeError(), path);
    }

    /// <summary>Renames unless there is something at the new path; false where the kernel or file system cannot do that at once.</summary>
    internal static bool TryMove(string from, string to)
    {
        try
        {
            if (renameat2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0)
                return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }

        if (Marshal.GetLastPInvokeError() == Exists)
            throw new IOException($"There is something at {to} already.");
        return false;
    }

    /// <summary>Brings a folder to the disk: what is called how in it, or everything in the file system.</summary>
    /// <remarks>The latter takes one go where file by file would be one for each.</remarks>
    internal static void Flush(string folder, bool whole)
    {
        var descriptor = open(folder, CloseOnExec);
        if (descriptor < 0)
            throw Failed(Marshal.GetLastPInvokeError(), folder);
        try
        {
            // What a file system cannot do is no failure; a disk that is broken or full is one.
            if ((whole ? syncfs(descriptor) : fsync(descriptor)) != 0 && Marshal.GetLastPInvokeError() is BrokenDisk or NoSpace or NoQuota)
                throw Failed(Marshal.GetLastPInvokeError(), folder);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Failed(int error, string path) => new($"{Marshal.GetPInvokeErrorMessage(error)}: {path}", error);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(int folder, string path, int flags, uint mask, out Facts facts);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(SafeFileHandle folder, string path, int flags, uint mask, out Facts facts);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int syncfs(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int renameat2(int fromFolder, string from, int toFolder, string to, uint flags);

    /// <summary>The parts of <c>struct statx</c> that matter here; it is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Facts
    {
        [FieldOffset(16)]
        private readonly uint names;
        [FieldOffset(20)]
        private readonly uint owner;
        [FieldOffset(28)]
        private readonly ushort mode;
        [FieldOffset(32)]
        private readonly ulong inode;
        [FieldOffset(40)]
        private readonly long size;
        [FieldOffset(112)]
        private readonly long modifiedSeconds;
        [FieldOffset(120)]
        private readonly uint modifiedNanoseconds;
        [FieldOffset(136)]
        private readonly uint deviceMajor;
        [FieldOffset(140)]
        private readonly uint deviceMinor;

        internal readonly (uint Major, uint Minor, ulong Inode) Identity => (deviceMajor, deviceMinor, inode);

        internal readonly FileStat ToStat()
        {
            var kind = (mode & 0xF000) switch
            {
                0x8000 => FileKind.File,
                0x4000 => FileKind.Folder,
                0xA000 => FileKind.Link,
                _ => FileKind.Special,
            };
            var modified = DateTimeOffset.UnixEpoch;
            if (modifiedSeconds is > -60_000_000_000 and < 250_000_000_000)
                modified = modified.AddSeconds(modifiedSeconds).AddTicks(modifiedNanoseconds / 100);
            return new FileStat(kind, kind == FileKind.File ? size : 0, (UnixFileMode)(mode & 0xFFF), modified,
                $"{deviceMajor}:{deviceMinor}:{inode}")
            {
                IsOurs = owner == geteuid() && (names == 1 || kind == FileKind.Folder),
            };
        }
    }
}
