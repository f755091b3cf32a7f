using Changeling.TestSupport;

namespace Changeling.Functions.Tests.App;

/// <summary>
/// Where the function app lies: the published package that <c>CHANGELING_PACKAGE</c> names, which is compiled ahead and starts sooner;
/// otherwise its own output folder, not the copy beside the tests.
/// </summary>
internal static class TestedApp
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("CHANGELING_PACKAGE") is { Length: > 0 } package
        ? Path.GetFullPath(package, RepositoryRoot.Combine())
        : Path.GetFullPath(
            Path.Combine(AppContext.BaseDirectory, "..", "..", "Functions", new DirectoryInfo(AppContext.BaseDirectory).Name));
}
