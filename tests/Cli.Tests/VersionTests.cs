using System.Text.RegularExpressions;
using System.Xml.Linq;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary><c>Directory.Build.props</c> is the one place of the version; everything else agrees with it.</summary>
public sealed partial class VersionTests : IDisposable
{
    private readonly Scratch _folder = new();

    private static string Version => XDocument.Load(RepositoryRoot.Combine("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public async Task The_program_prints_it() =>
        Assert.Equal(Version, (await CommandProcess.RunAsync(_folder, "--version")).Succeeded().Output.Trim());

    [Fact]
    public void No_project_has_a_version_of_its_own() =>
        Assert.All(
            Directory.EnumerateFiles(RepositoryRoot.Path, "*.*proj", SearchOption.AllDirectories)
                .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.StartsWith(
                    RepositoryRoot.Combine("artifacts"), StringComparison.Ordinal)),
            file => Assert.DoesNotContain(XDocument.Load(file).Descendants(), e => e.Name.LocalName is "Version" or "PackageVersion"));

    [Fact]
    public void The_changelog_is_not_ahead_of_it_and_the_latest_release_is_the_newest_entry()
    {
        var entries = Entry().Matches(File.ReadAllText(RepositoryRoot.Combine("CHANGELOG.md")))
            .Select(m => System.Version.Parse(m.Groups[1].Value))
            .ToList();

        Assert.Equal(entries.OrderDescending(), entries);
        Assert.All(entries, entry => Assert.True(entry <= System.Version.Parse(Version), $"{entry} is newer than {Version}"));
    }

    [Fact]
    public void Where_the_docs_name_a_file_of_a_release_it_is_of_this_version()
    {
        var named = Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md")
            .SelectMany(file => ReleaseFile().Matches(File.ReadAllText(file)))
            .Select(m => m.Groups[1].Value)
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, version => Assert.Equal(Version, version));
    }

    [Fact]
    public void The_template_of_azd_has_it() =>
        Assert.Contains($"  template: changeling@{Version}", File.ReadAllLines(RepositoryRoot.Combine("azure.yaml")));

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"^## \[(\d+\.\d+\.\d+)\]", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"(?:changeling-|Changeling\.Cli\.|changeling:)(\d+\.\d+\.\d+)")]
    private static partial Regex ReleaseFile();
}
