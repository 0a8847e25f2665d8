using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reactive.Disposables;
using System.Runtime.InteropServices;
using System.Text;

namespace RxWormhole.Cli;

/// <summary>A user of a Unix machine.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The number.</param>
/// <param name="Group">The number of the group.</param>
/// <param name="Home">The user's own folder.</param>
internal sealed partial record SystemUser(string Name, uint Id, uint Group, string Home)
{
    private const string Passwords = "/etc/passwd";

    // By its whole path: root's PATH may have been set by somebody else.
    private const string Lookup = "/usr/bin/getent";

    /// <summary>Finds a user; null where there is none.</summary>
    internal static SystemUser? Find(string name, Surroundings surroundings)
    {
        if (name.Length == 0 || name[0] == '-' || name.AsSpan().IndexOfAny(":/\n\0") >= 0)
            return null;
        return Parse(name, surroundings.ReadFile(Passwords) is { } local ? Encoding.UTF8.GetString(local) : "") ?? Parse(name, Asked(name));
    }

    /// <summary>Makes the process act as this user in what it does with files, until the result is disposed of.</summary>
    /// <exception cref="FailedException">Only root may do that.</exception>
    internal IDisposable Become()
    {
        var (user, group) = (GetEffectiveUser(), GetEffectiveGroup());
        if (user == Id)
            return Disposable.Empty;
        if (user != 0)
            throw new FailedException(ExitCode.LocalFile, $"Only root may add keys to the account of {Name}.", $"Run the command as root, or as {Name}.");
        // The groups of root are not given back: they are not needed again. As the user and the group they are those of the whole process, the threads of the network included,
        // whose connections are open already and ask for no rights.
        if (SetGroups(1, [Group]) != 0 || SetEffectiveGroup(Group) != 0 || SetEffectiveUser(Id) != 0)
            throw new FailedException(ExitCode.Failure, $"Acting as {Name} failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}", $"Run the command as {Name}.");
        return Disposable.Create(() =>
        {
            if (SetEffectiveUser(user) != 0 || SetEffectiveGroup(group) != 0)
                throw new UnreachableException("Root may always be root again.");
        });
    }

    // name:password:user:group:comment:home:shell
    private static SystemUser? Parse(string name, string text) => text
        .Split('\n')
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length >= 6 && fields[0] == name && fields[5].StartsWith('/'))
        .Select(fields => uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && uint.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            ? new SystemUser(name, id, group, fields[5])
            : null)
        .FirstOrDefault();

    // Users may be kept in a directory of the network.
    private static string Asked(string name)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Lookup, ["passwd", name]) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd();
        }
        catch (Win32Exception)
        {
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();

    [LibraryImport("libc", EntryPoint = "seteuid", SetLastError = true)]
    private static partial int SetEffectiveUser(uint user);

    [LibraryImport("libc", EntryPoint = "setegid", SetLastError = true)]
    private static partial int SetEffectiveGroup(uint group);

    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    private static partial int SetGroups(nint count, [In] uint[] groups);
}
