namespace Changeling.Functions.Tests.App;

/// <summary>Where the built function app lies: its own output folder, not the copy beside the tests.</summary>
internal static class BuiltApp
{
    public static string Folder { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "Functions", new DirectoryInfo(AppContext.BaseDirectory).Name));
}
