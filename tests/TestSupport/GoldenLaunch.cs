namespace Changeling.TestSupport;

/// <summary>
/// One launch, certutil started by Word, as every collector would send it: a file each in <c>Core.Tests/Events/Golden</c>, named
/// by format id and, where a format has several shapes, by shape.
/// </summary>
public static class GoldenLaunch
{
    public const string Sid = "S-1-5-21-2841930177-905518364-3317206650-1108";

    public static IReadOnlyDictionary<string, string> Messages { get; } = Directory
        .GetFiles(RepositoryRoot.Combine("tests", "Core.Tests", "Events", "Golden"))
        .OrderBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>The format id of a sender.</summary>
    /// <param name="sender">One of the keys of <see cref="Messages"/>.</param>
    public static string Format(string sender) => sender.Split('.')[0];
}
