namespace RxWormhole.Cli;

/// <summary>What settings are read from besides the options. Tests have one of their own.</summary>
internal sealed record Surroundings
{
    // More is no configuration that somebody wrote.
    private const int MostBytes = 256 * 1024;

    /// <summary>Reads a variable of the environment.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Reads a file; null where there is none.</summary>
    internal Func<string, byte[]?> ReadFile { get; init; } = Read;

    /// <summary>Whose usual places are meant.</summary>
    internal PlatformID Platform { get; init; } = OperatingSystem.IsWindows() ? PlatformID.Win32NT : OperatingSystem.IsMacOS() ? PlatformID.MacOSX : PlatformID.Unix;

    /// <summary>The user's own folder.</summary>
    internal string Home => Variable(Platform == PlatformID.Win32NT ? "USERPROFILE" : "HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>What a variable says; null where it is missing or empty.</summary>
    internal string? Said(string variable) => Variable(variable) is { Length: > 0 } text ? text : null;

    private static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[MostBytes + 1];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count <= MostBytes ? bytes[..count] : throw new FailedException(ExitCode.Usage, $"{path} is longer than {MostBytes} bytes.", "A configuration file is shorter; is it the right one?");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new FailedException(new Failure(ExitCode.Usage, $"{path} cannot be read: {exception.Message}", "Make it readable, or name another with RXWORMHOLE_CONFIG."), exception);
        }
    }
}
