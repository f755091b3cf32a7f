using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>Where a program finds what it starts: beside it when it is installed, in the repository when it is built there.</summary>
public sealed class InstalledPartsTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public void An_installed_program_has_its_own_function_app()
    {
        Directory.CreateDirectory(_folder["app"]);
        _folder.Write("app/host.json", "{}"u8);

        Assert.Equal(_folder["app"], AppFolder.Find(_folder.Path));
    }

    [Fact]
    public void A_built_program_takes_the_app_of_the_same_build()
    {
        Directory.CreateDirectory(_folder["bin/Cli/release"]);
        Directory.CreateDirectory(_folder["bin/Functions/release"]);
        _folder.Write("bin/Functions/release/host.json", "{}"u8);

        Assert.Equal(_folder["bin/Functions/release"], AppFolder.Find(_folder["bin/Cli/release"] + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void Without_an_app_the_option_that_names_one_is_said()
    {
        Assert.Contains("--app DIR", Assert.Throws<CliException>(() => AppFolder.Find(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal("chosen", AppFolder.Of("chosen"));
    }

    [Fact]
    public void An_installed_program_installs_Azurite_into_a_folder_of_the_user()
    {
        var repository = RepositoryRoot.Combine("tools");
        Directory.CreateDirectory(_folder["azurite"]);
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(repository, file), Path.Combine(_folder["azurite"], file));

        var first = AzuriteFolder.Find(_folder.Path, _folder["user"]);
        var again = AzuriteFolder.Find(_folder.Path, _folder["user"]);

        Assert.Equal(first, again);
        Assert.StartsWith(_folder["user"], first, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(repository, "package-lock.json")), File.ReadAllBytes(Path.Combine(first, "package-lock.json")));
        Assert.Equal(2, Directory.EnumerateFiles(first).Count());
    }

    [Fact]
    public void A_program_built_in_the_repository_shares_Azurite_with_its_tests()
    {
        Assert.Equal(RepositoryRoot.Combine("tools"), AzuriteFolder.Find());
        Assert.Contains(
            "--azurite-port", Assert.Throws<CliException>(() => AzuriteFolder.Find(_folder.Path, _folder["user"])).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
