using Changeling.Events;

namespace Changeling.Features;

/// <summary>Makes reasons out of a model's contributions: strongest first, each with the words of this event and with a phrase.</summary>
public static class Reasons
{
    /// <summary>Ends the name under which the buckets are summed that nothing of an event fell into.</summary>
    private const string Absent = ".absent";

    /// <summary>
    /// How many telltales there are. How many kinds of them is another feature without more information for a reader, so its share is added
    /// to this one's.
    /// </summary>
    internal const string TelltaleTerms = "telltale.terms";

    private const string TelltaleKinds = "telltale.kinds";

    /// <summary>The strongest reasons.</summary>
    /// <param name="processEvent">The event that was scored.</param>
    /// <param name="contributions">
    /// Feature by name (as <see cref="FeatureExtractor"/> describes it) and signed contribution. Several contributions of one name are
    /// added up, and so are the two sums of telltales. The same holds for hashed buckets without a word of this event: they stand for words
    /// that are absent.
    /// </param>
    /// <param name="most">Maximum number of results.</param>
    public static IReadOnlyList<PredictionReason> Strongest(
        ProcessEvent processEvent, IEnumerable<(string Name, double Weight)> contributions, int most)
    {
        var strongest = contributions
            .GroupBy(c => ReasonOf(c.Name), c => c.Weight, StringComparer.Ordinal)
            .Select(g => new PredictionReason(g.Key, g.Sum()))
            .OrderByDescending(r => Math.Abs(r.Weight)).ThenBy(r => r.Feature, StringComparer.Ordinal)
            .Take(most);
        var words = new EventWords(processEvent);
        return [.. strongest.Select(r => r with { Text = words.Of(r.Feature), Description = words.Phrase(r.Feature) })];
    }

    /// <summary>The name under which a contribution is reported.</summary>
    private static string ReasonOf(string name)
    {
        if (IsBucket(name)) return name[..name.LastIndexOf('.')] + Absent;
        return name.EndsWith(TelltaleKinds, StringComparison.Ordinal) ? name[..^TelltaleKinds.Length] + TelltaleTerms : name;
    }

    /// <summary>Whether it is the bare name of a bucket, <c>command_line.word.017</c>: no text of the event fell into it.</summary>
    private static bool IsBucket(string name) =>
        !name.Contains(':', StringComparison.Ordinal)
        && name.LastIndexOf('.') is > 0 and var dot && dot + 1 < name.Length && name.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
