using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Simulation.Words;

/// <summary>What placeholders draw from: <c>Lists/lists.txt</c>, and <c>Lists/attack-lists.txt</c> for attackers' command lines.</summary>
internal static class WordLists
{
    private static readonly FrozenDictionary<string, string[]> Ordinary = Read("lists.txt");

    private static readonly FrozenDictionary<string, string[]> Attackers = Read("attack-lists.txt");

    /// <summary>The list of that name, or <see langword="null"/>.</summary>
    public static string[]? Find(string name) => Ordinary.GetValueOrDefault(name) ?? Attackers.GetValueOrDefault(name);

    /// <summary>The lists of a file, by heading.</summary>
    /// <exception cref="InvalidDataException">The file is malformed; the message names file and line.</exception>
    public static FrozenDictionary<string, string[]> Read(string file) =>
        WordFile.Read(typeof(WordLists), $"Lists/{file}").Groups.ToFrozenDictionary(g => g.Name, g => g.Texts, StringComparer.Ordinal);
}
