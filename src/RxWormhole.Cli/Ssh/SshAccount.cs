namespace RxWormhole.Cli;

/// <summary>An account of this machine, and the folder with what SSH knows of it.</summary>
/// <param name="Folder">The folder <c>.ssh</c>; it may be missing.</param>
/// <param name="User">Who has it, where that is not whoever runs the command.</param>
internal sealed record SshAccount(string Folder, SystemUser? User = null)
{
    private const string Name = ".ssh";

    /// <summary>Finds an account.</summary>
    /// <param name="user">The user's name; null for whoever runs the command.</param>
    /// <param name="surroundings">Where their folder is named.</param>
    /// <exception cref="FailedException">There is no such user.</exception>
    internal static SshAccount Of(string? user, Surroundings surroundings)
    {
        if (user is null)
            return new SshAccount(Path.Combine(surroundings.Home, Name));
        if (surroundings.Platform == PlatformID.Win32NT)
            throw new FailedException(ExitCode.Usage, "--user is not for Windows.", "Run the command as that user.");
        return SystemUser.Find(user, surroundings) is { } found
            ? new SshAccount(Path.Combine(found.Home, Name), found)
            : throw new FailedException(ExitCode.Usage, $"There is no user '{user}' on this machine.", "Is the name right?");
    }

    /// <summary>Does something with the folder as the user whose it is, so that what is made is theirs, and nothing is reached that they cannot reach.</summary>
    /// <exception cref="FailedException">Whoever runs the command may not act for them.</exception>
    internal void Act(Action<string> work)
    {
        if (User is null)
        {
            work(Folder);
            return;
        }

        using (User.Become())
            work(Folder);
    }
}
