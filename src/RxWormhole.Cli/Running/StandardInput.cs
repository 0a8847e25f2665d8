using Microsoft.Win32.SafeHandles;

namespace RxWormhole.Cli;

/// <summary>Standard input as something to send.</summary>
internal static class StandardInput
{
    /// <summary>Opens it; where it is a file, one can tell how long it is.</summary>
    /// <exception cref="FailedException">There is nothing that can be read.</exception>
    internal static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardInput();
        try
        {
            var handle = new SafeFileHandle(0, ownsHandle: false);
            // Fails where it was closed.
            _ = File.GetUnixFileMode(handle);
            var input = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (!input.CanSeek)
                return Console.OpenStandardInput();
            // Fails for a folder, and for what is open for writing only; nothing is taken away.
            _ = RandomAccess.Read(handle, new byte[1], input.Position);
            return input;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FailedException(
                new Failure(ExitCode.LocalFile, $"Standard input cannot be read: {exception.Message}", "Send a file or a folder by its path, or put something through a pipe."), exception);
        }
    }
}
