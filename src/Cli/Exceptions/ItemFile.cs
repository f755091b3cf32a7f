using Changeling.Cli.RuleFiles;
using Changeling.Exceptions;

namespace Changeling.Cli.Exceptions;

/// <summary>The files of exceptions and host groups that a user names.</summary>
internal static class ItemFile
{
    /// <exception cref="CliException">The file does not exist, or is not a valid exception.</exception>
    public static async Task<(ExceptionItem Item, byte[] Content)> ReadAsync(
        string file, CliConsole console, CancellationToken cancellationToken)
    {
        InputFiles.Require([file]);
        var content = (await InputFiles.ReadAsync(file, console, cancellationToken)).ToArray();
        return (UserFiles.Checked(() => ExceptionFile.Read(file, content)), content);
    }

    /// <exception cref="CliException">The file does not exist, or contains no valid groups.</exception>
    public static async Task<HostGroups> GroupsAsync(string? file, CliConsole console, CancellationToken cancellationToken)
    {
        if (file is null) return HostGroups.None;
        InputFiles.Require([file]);
        var content = (await InputFiles.ReadAsync(file, console, cancellationToken)).ToArray();
        return UserFiles.Checked(() => HostGroups.Read(content));
    }
}
