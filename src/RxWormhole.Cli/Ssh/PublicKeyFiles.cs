using System.Globalization;
using System.Reactive.Linq;

namespace RxWormhole.Cli;

/// <summary>Finds the public key that somebody wants to send. A private one is never read any further.</summary>
internal static class PublicKeyFiles
{
    private const string Extension = ".pub";
    private const string Make = "Make one with ssh-keygen, or name another with --key-file.";

    /// <summary>The key, which is asked for where there are several.</summary>
    /// <param name="run">Who is asked.</param>
    /// <param name="path">A public key, the private one beside it, or a folder of keys.</param>
    /// <remarks>value: the key. completion: along with it. error: <see cref="FailedException"/>, there is none.</remarks>
    internal static IObservable<PublicKey> Choose(CommandRun run, string path) => Observable.Defer(() =>
    {
        if (!Directory.Exists(path))
            return Observable.Return(Read(File.Exists(path + Extension) && !path.EndsWith(Extension, StringComparison.Ordinal) ? path + Extension : path));
        var names = Names(path);
        return names switch
        {
            [] => throw new FailedException(ExitCode.LocalFile, $"There is no public key in '{path}': no file that ends with {Extension}.", Make),
            [var only] => Observable.Return(Read(Path.Combine(path, only))),
            _ => run.FrontEnd
                .Ask(new Question("key", $"There are several public keys in '{path}'. Which one is to be sent?", [.. names.Select((name, index) => Choice(path, name, index))], Default: null))
                .Select(answer => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= names.Length
                    ? Read(Path.Combine(path, names[number - 1]))
                    : throw new FailedException(ExitCode.Rejected, "No key was chosen.", "Name one with --key-file.")),
        };
    });

    private static string[] Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(folder, exception);
        }
    }

    private static PublicKey Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var text = new char[PublicKey.MostCharacters + 1];
            var count = reader.ReadBlock(text);
            return PublicKey.TryParse(new string(text, 0, count), out var key, out var reason) ? key : throw new FailedException(ExitCode.LocalFile, $"'{path}' is no public key: {reason}.", Make);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FailedException(new Failure(ExitCode.LocalFile, $"There is no file '{path}'.", Make), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static Choice Choice(string folder, string name, int index) => new((index + 1).ToString(CultureInfo.InvariantCulture), name + Comment(Path.Combine(folder, name)));

    // What helps to tell keys apart.
    private static string Comment(string path)
    {
        try
        {
            return Read(path).Comment is { Length: > 0 } comment ? $" ({comment})" : "";
        }
        catch (FailedException)
        {
            return "";
        }
    }

    private static FailedException Unreadable(string path, Exception exception) =>
        new(new Failure(ExitCode.LocalFile, $"'{path}' cannot be read: {exception.Message}", "Make it readable, or name another with --key-file."), exception);
}
