using System.Text.RegularExpressions;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Findings;

/// <summary>The files of <c>infra/siem</c> that a SIEM is set up with.</summary>
internal static partial class SiemFiles
{
    private static readonly string Folder = RepositoryRoot.Combine("infra", "siem");

    /// <summary>All files, as <c>splunk/inputs.conf</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine([Folder, .. path.Split('/')]));

    /// <summary>The command of the script for Data Explorer that begins so, up to the empty line after it.</summary>
    public static string Command(string beginning) => Assert.Single(
        Read("data-explorer/tables.kql").Split("\n\n")
            .Select(part => part[(part.IndexOf("\n.", StringComparison.Ordinal) + 1)..]),
        command => command.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>A mapping of Data Explorer, as JSON.</summary>
    public static string Mapping(string name) => Fence().Match(Command($".create-or-alter table {name}")).Groups[1].Value;

    /// <summary>The value of a setting in a file of Splunk, with the lines that it continues on.</summary>
    public static string Setting(string file, string stanza, string setting)
    {
        var section = Read($"splunk/{file}").Split($"\n[{stanza}]\n")[1].Split("\n[")[0];
        var value = Assert.Single(SettingLine().Matches(section), m => m.Groups[1].Value == setting).Groups[2].Value;
        return value.Replace(" \\\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex("```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^(\w[\w.]*) = ((?:.*\\\n)*.*)$", RegexOptions.Multiline)]
    private static partial Regex SettingLine();
}
