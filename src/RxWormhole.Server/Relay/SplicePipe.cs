using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RxWormhole.Server;

/// <summary>A pipe of the kernel's that bytes go through from socket to socket. There are few, and each is used by one at a time.</summary>
/// <remarks>Sockets and pipe are non-blocking. Every call takes handles, so that a socket that is closed meanwhile is never mistaken for the next one.</remarks>
internal sealed partial class SplicePipe
{
    private const int Size = 256 << 10;
    private const int Spares = 64;

    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SetPipeSize = 1031;
    private const uint Move = 1;
    private const uint NoWait = 2;
    private const int Again = 11;
    private const int Interrupted = 4;

    private static readonly int[] Forbidden = [1, 22, 38]; // EPERM, EINVAL, ENOSYS

    private static readonly ConcurrentBag<SplicePipe> Spare = [];
    private static int spares;
    private static volatile bool isForbidden;

    private readonly SafeFileHandle output;
    private readonly SafeFileHandle input;

    private SplicePipe(int output, int input)
    {
        this.output = new SafeFileHandle(output, ownsHandle: true);
        this.input = new SafeFileHandle(input, ownsHandle: true);
        Capacity = Control(input, SetPipeSize, Size);
    }

    // What the kernel gave; -1 where this user has as much in pipes as there may be, and then even the usual size is not to be had.
    private int Capacity { get; }

    /// <summary>Gets a pipe, or null where none is to be had: another system, too many open files or too much in pipes.</summary>
    internal static SplicePipe? TryRent()
    {
        if (!OperatingSystem.IsLinux() || isForbidden)
            return null;
        if (Spare.TryTake(out var spare))
        {
            Interlocked.Decrement(ref spares);
            return spare;
        }

        Span<int> ends = stackalloc int[2];
        if (Make(ends, CloseOnExec | NonBlocking) != 0)
            return null;
        var pipe = new SplicePipe(ends[0], ends[1]);
        if (pipe.Capacity >= Size)
            return pipe;
        pipe.Close();
        return null;
    }

    internal void Return(bool isEmpty)
    {
        if (isEmpty && Interlocked.Increment(ref spares) <= Spares)
        {
            Spare.Add(this);
            return;
        }

        if (isEmpty)
            Interlocked.Decrement(ref spares);
        Close();
    }

    /// <summary>Fills the pipe, which is empty, from a socket.</summary>
    /// <returns>How many bytes; 0 at the end, or where there is nothing for now.</returns>
    internal int Fill(SafeHandle socket, int most, out bool isBusy)
    {
        try
        {
            return Splice(socket, input, most, out isBusy);
        }
        catch (IOException) when (Forbidden.Contains(Marshal.GetLastPInvokeError()))
        {
            // A kernel, or a guard around it, that knows no such call: nothing was moved, and buffers do as well.
            isForbidden = true;
            isBusy = true;
            return 0;
        }
    }

    /// <summary>Drains the pipe into a socket.</summary>
    /// <returns>How many bytes; 0 where it takes none for now.</returns>
    internal int Drain(SafeHandle socket, int most, out bool isBusy) => Splice(output, socket, most, out isBusy);

    /// <summary>Reads from the pipe what is known to be in it.</summary>
    internal int Read(Span<byte> buffer)
    {
        var count = (int)Read(output, buffer, (nuint)buffer.Length);
        return count > 0 ? count : throw Failed();
    }

    private void Close()
    {
        input.Dispose();
        output.Dispose();
    }

    private static int Splice(SafeHandle from, SafeHandle to, int most, out bool isBusy)
    {
        while (true)
        {
            nint moved;
            try
            {
                moved = Splice(from, 0, to, 0, (nuint)most, Move | NoWait);
            }
            catch (ObjectDisposedException exception)
            {
                // There was no call, and so no error of one.
                Marshal.SetLastPInvokeError(0);
                throw new IOException(exception.Message, exception);
            }

            isBusy = moved < 0 && Marshal.GetLastPInvokeError() == Again;
            if (moved >= 0 || isBusy)
                return (int)Math.Max(0, moved);
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failed();
        }
    }

    private static IOException Failed() => new(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Make(Span<int> ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int handle, int command, int argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle handle, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    private static partial nint Splice(SafeHandle from, nint fromOffset, SafeHandle to, nint toOffset, nuint length, uint flags);
}
