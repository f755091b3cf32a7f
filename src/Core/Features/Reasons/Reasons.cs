using System.Collections.Frozen;
using System.Runtime.InteropServices;

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

    private static readonly FrozenDictionary<string, string> ReasonNames =
        FeatureSchema.Definitions.ToFrozenDictionary(f => f.Name, f => ReasonOf(f.Name), StringComparer.Ordinal);

    /// <summary>The strongest reasons.</summary>
    /// <param name="launch">What was scored.</param>
    /// <param name="features">Its features.</param>
    /// <param name="byFeature">The signed contribution of each feature; is overwritten.</param>
    /// <param name="byGram">The signed contribution of each of <see cref="FeatureVector.Grams"/>; is overwritten.</param>
    /// <param name="most">Maximum number of results, at least 1.</param>
    public static IReadOnlyList<PredictionReason> Strongest(
        Launch launch, FeatureVector features, Span<double> byFeature, Span<double> byGram, int most) =>
        Strongest(launch, new ReasonSums(launch, features, byFeature, byGram).Strongest(most), most);

    /// <summary>The strongest reasons.</summary>
    /// <param name="launch">What was scored.</param>
    /// <param name="contributions">
    /// Feature by name (as <see cref="FeatureExtractor"/> describes it) and signed contribution. Several contributions of one name are
    /// added up, and so are the two sums of telltales. The same holds for hashed buckets without a word of this event: they stand for words
    /// that are absent.
    /// </param>
    /// <param name="most">Maximum number of results.</param>
    public static IReadOnlyList<PredictionReason> Strongest(
        Launch launch, IEnumerable<(string Name, double Weight)> contributions, int most)
    {
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, weight) in contributions)
            CollectionsMarshal.GetValueRefOrAddDefault(sums, ReasonNames.GetValueOrDefault(name, name), out _) += weight;
        var strongest = sums
            .OrderByDescending(s => Math.Abs(s.Value)).ThenBy(s => s.Key, StringComparer.Ordinal)
            .Take(most);
        var words = new EventWords(launch);
        return
        [
            .. strongest.Select(s =>
            {
                var text = words.Of(s.Key);
                return new PredictionReason(s.Key, s.Value) { Text = text, Description = words.Phrase(s.Key, text) };
            }),
        ];
    }

    /// <summary>The name under which a contribution is reported.</summary>
    internal static string ReasonOf(string name)
    {
        if (IsBucket(name)) return name[..name.LastIndexOf('.')] + Absent;
        return name.EndsWith(TelltaleKinds, StringComparison.Ordinal) ? name[..^TelltaleKinds.Length] + TelltaleTerms : name;
    }

    /// <summary>Whether it is the bare name of a bucket, <c>command_line.word.017</c>: no text of the event fell into it.</summary>
    private static bool IsBucket(string name) =>
        !name.Contains(':', StringComparison.Ordinal)
        && name.LastIndexOf('.') is > 0 and var dot && dot + 1 < name.Length && name.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0;
}
