using System.Collections.Frozen;

namespace Changeling.Simulation.Words;

/// <summary>PowerShell that command lines carry encoded, management agents' own and attackers': <c>Lists/scripts.txt</c>.</summary>
internal static class Scripts
{
    private static readonly FrozenDictionary<string, string[]> All = WordLists.Read("scripts.txt");

    public static string[] Find(string name) => All.TryGetValue(name, out var scripts)
        ? scripts
        : throw new ArgumentException($"No script is called {name}.", nameof(name));
}
