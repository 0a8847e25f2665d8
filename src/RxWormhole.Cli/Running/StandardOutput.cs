using Microsoft.Win32.SafeHandles;

namespace RxWormhole.Cli;

/// <summary>Standard output as bytes.</summary>
internal static class StandardOutput
{
    /// <summary>Opens it. Writing fails where nobody reads any more, which the console's own stream keeps to itself.</summary>
    internal static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // In a file it would count from where it was opened, and not tell the programs that write behind us.
        return output.CanSeek ? Console.OpenStandardOutput() : output;
    }
}
