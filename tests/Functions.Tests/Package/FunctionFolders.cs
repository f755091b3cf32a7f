using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Package;

/// <summary>The functions of the app, as its folders say: none is named here, so that a new one is tested too.</summary>
internal static class FunctionFolders
{
    /// <summary>The functions of the source: a folder with a <c>function.json</c> each.</summary>
    public static IReadOnlyList<string> OfTheSource { get; } = In(RepositoryRoot.Combine("src", "Functions"));

    /// <summary>The functions of an app's folder.</summary>
    public static IReadOnlyList<string> In(string app) =>
        [.. Directory.EnumerateDirectories(app).Where(d => File.Exists(Path.Combine(d, "function.json"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    /// <summary>The type of a function's trigger.</summary>
    public static string Trigger(string app, string function)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(app, function, "function.json")));
        return file.RootElement.GetProperty("bindings").EnumerateArray()
            .Select(b => b.GetProperty("type").GetString()!)
            .Single(type => type.EndsWith("Trigger", StringComparison.Ordinal));
    }
}
