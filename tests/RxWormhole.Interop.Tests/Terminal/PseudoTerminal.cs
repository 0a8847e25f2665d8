using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RxWormhole.Interop.Tests;

/// <summary>A terminal that the system takes for a real one, and what is on its screen.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControl = 0x100;
    private const nuint Unlock = 0x40045431;
    private const nuint GetNumber = 0x80045430;
    private const nuint SetSize = 0x5414;

    // Sent through the terminal by ourselves: when it is read, so is everything before it.
    private const char Mark = '\x1c';

    private readonly SafeFileHandle master;
    private readonly FileStream output;
    private readonly FileStream own;
    private readonly FileStream keys;
    private readonly Lock gate = new();
    private readonly Screen screen;
    private readonly StringBuilder raw = new();
    private Exception? fault;
    private int marksRead;
    private int marksSent;

    internal PseudoTerminal(int columns, int rows = 50)
    {
        master = Open("/dev/ptmx");
        var unlocked = 0;
        Require(Control(master, Unlock, ref unlocked));
        var number = 0;
        Require(Control(master, GetNumber, ref number));
        Path = $"/dev/pts/{number}";
        screen = new Screen(columns);
        Resize(columns, rows);
        // As long as we have it open, reading does not end with the process.
        own = new FileStream(Open(Path), FileAccess.ReadWrite, 0);
        output = new FileStream(new SafeFileHandle(master.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 0);
        keys = new FileStream(new SafeFileHandle(master.DangerousGetHandle(), ownsHandle: false), FileAccess.Write, 0);
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>Its name in the file system.</summary>
    internal string Path { get; }

    /// <summary>What is on the screen, with what scrolled off.</summary>
    internal string Text
    {
        get
        {
            lock (gate)
                return fault is null ? screen.Text : throw new InvalidOperationException($"{fault}\n{screen.Text}", fault);
        }
    }

    /// <summary>Where the cursor is, and whether it is shown.</summary>
    internal (int Column, bool IsShown) Cursor
    {
        get
        {
            lock (gate)
                return (screen.Column, screen.HasCursor);
        }
    }

    /// <summary>What came, escape sequences and all.</summary>
    internal string Raw
    {
        get
        {
            lock (gate)
                return raw.ToString();
        }
    }

    /// <summary>How it is set, as <c>stty</c> tells.</summary>
    internal string Modes
    {
        get
        {
            using var stty = Process.Start(new ProcessStartInfo("stty", ["-F", Path, "-g"]) { RedirectStandardOutput = true })!;
            return stty.StandardOutput.ReadToEnd();
        }
    }

    internal void Resize(int columns, int rows = 50)
    {
        var size = rows | (columns << 16);
        Span<int> both = [size, 0];
        Require(Control(master, SetSize, ref both[0]));
        lock (gate)
            screen.Columns = columns;
    }

    /// <summary>Presses keys.</summary>
    internal void Type(string text)
    {
        keys.Write(Encoding.UTF8.GetBytes(text));
        keys.Flush();
    }

    /// <summary>Waits until everything that was written to it until now is on the screen.</summary>
    internal void Settle()
    {
        var mark = Interlocked.Increment(ref marksSent);
        own.WriteByte((byte)Mark);
        own.Flush();
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref marksRead) >= mark, PeerProcess.Patience), Is.True);
    }

    public void Dispose()
    {
        own.Dispose();
        keys.Dispose();
        master.Dispose();
    }

    private void Read()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[4096];
        var characters = new char[4096];
        try
        {
            int count;
            while ((count = output.Read(bytes)) > 0)
            {
                var length = decoder.GetChars(bytes.AsSpan(0, count), characters, flush: false);
                Take(characters.AsSpan(0, length));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }
    }

    private void Take(ReadOnlySpan<char> text)
    {
        foreach (var each in text)
        {
            if (each == Mark)
            {
                Interlocked.Increment(ref marksRead);
                continue;
            }

            lock (gate)
                Show(each);
        }
    }

    private void Show(char each)
    {
        raw.Append(each);
        try
        {
            screen.Write(each);
        }
        catch (InvalidOperationException exception)
        {
            fault ??= exception;
        }
    }

    private static SafeFileHandle Open(string path)
    {
        var handle = Open(Encoding.UTF8.GetBytes(path + "\0"), ReadWrite | NoControl);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw new IOException($"There is no pseudo-terminal: error {Marshal.GetLastPInvokeError()}.");
    }

    private static void Require(int result)
    {
        if (result != 0)
            throw new IOException($"The pseudo-terminal cannot be set: error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static extern int Control(SafeFileHandle handle, nuint request, ref int value);
}
