namespace Changeling.Cli;

/// <summary>Finds what a user meant by a word that is nearly right.</summary>
internal static class Spelling
{
    /// <summary>A word that is shorter may differ in one letter, others in two.</summary>
    private const int Short = 5;

    /// <summary>The known word with the fewest letters changed, added, left out or missing.</summary>
    /// <returns><see langword="null"/> if none is near.</returns>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var (best, distance) = known.Select(k => (k, Distance(word, k))).OrderBy(k => k.Item2).ThenBy(k => k.k, StringComparer.Ordinal)
            .FirstOrDefault((null!, int.MaxValue));
        return distance <= (word.Length < Short ? 1 : 2) ? best : null;
    }

    /// <summary>Number of letters to change, add or leave out (Levenshtein 1966).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
