using System.Collections.Frozen;

namespace Changeling.Training;

/// <summary>
/// The files that a corpus folder may hold, each with its role. A file that is not listed has no role, so nobody could say what a figure
/// with its rows means: it is refused.
/// </summary>
public static class CorpusManifest
{
    private static readonly string[] Extensions = [".jsonl.gz", ".jsonl"];

    private static readonly (string Name, CorpusRole Role)[] Entries =
    [
        ("recorded", CorpusRole.Recorded),
        ("recorded_ordinary", CorpusRole.RecordedOrdinary),
        ("synthetic", CorpusRole.Synthetic),
        ("benign_synthetic", CorpusRole.BenignSynthetic),
        ("wild_attacks", CorpusRole.WildAttacks),
        ("wild_ordinary", CorpusRole.WildOrdinary),
        ("wild_administration", CorpusRole.WildAdministration),
    ];

    private static readonly FrozenDictionary<string, CorpusRole> Roles =
        Entries.ToFrozenDictionary(e => e.Name, e => e.Role, StringComparer.Ordinal);

    /// <summary>The names of the files without extensions, in reading order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(e => e.Name)];

    /// <summary>The role of a file; <see langword="null"/> if it is not listed.</summary>
    /// <param name="name">Its name without folder and extensions.</param>
    public static CorpusRole? RoleOf(string name) => Roles.TryGetValue(name, out var role) ? role : null;

    /// <summary>The listed files that a folder holds, in reading order.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">It holds no listed file.</exception>
    /// <exception cref="InvalidDataException">It holds a file that is not listed.</exception>
    internal static IReadOnlyList<(string Name, string Path)> FilesOf(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The corpus folder {folder} does not exist.");
        var known = string.Join(", ", Names);
        var held = Directory.EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Where(file => Extensions.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal)
            .ToLookup(file => file[..file.LastIndexOf(".jsonl", StringComparison.OrdinalIgnoreCase)], StringComparer.Ordinal);
        if (held.FirstOrDefault(files => !Names.Contains(files.Key)) is { } unknown)
        {
            throw new InvalidDataException(
                $"{Path.Combine(folder, unknown.First())} has no role in the corpus; move it elsewhere, or give it one of the known names: {known} (.jsonl.gz or .jsonl).");
        }

        if (held.FirstOrDefault(files => files.Count() > 1) is { } twice)
            throw new InvalidDataException($"{folder} has both {string.Join(" and ", twice)}; keep one of them.");
        return held.Count > 0
            ? [.. Names.Where(held.Contains).Select(name => (name, Path.Combine(folder, held[name].Single())))]
            : throw new FileNotFoundException($"{folder} holds no corpus file; expected {known} (.jsonl.gz or .jsonl).");
    }
}
