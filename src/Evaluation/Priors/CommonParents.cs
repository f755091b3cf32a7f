using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Rarity;

namespace Changeling.Evaluation.Priors;

/// <summary>
/// What the commonest parents start on ordinary days, known without a recording: laboratories use hardly any Office, browsers or servers.
/// </summary>
public static class CommonParents
{
    private const string Itself = "itself";

    /// <summary>Every pair of the file, once.</summary>
    /// <exception cref="InvalidDataException">The file is malformed; the message names file and line.</exception>
    public static IReadOnlyList<OrdinaryPair> Pairs { get; } = Read(WordFile.Read(typeof(CommonParents), "Words/common-parents.txt"));

    /// <summary>Reads the pairs of a file.</summary>
    /// <exception cref="InvalidDataException">A commonness is unknown, or a pair stands in the file twice.</exception>
    internal static IReadOnlyList<OrdinaryPair> Read(WordFile file)
    {
        var pairs = new Dictionary<Lineage, OrdinaryPair>();
        foreach (var group in file.Groups)
        {
            foreach (var item in group.Items)
            {
                var fields = item.Fields(2, "commonness | child, child, …");
                var launches = Launches(fields[0], item);
                foreach (var (parent, child) in Named(group.Name, fields[1]))
                {
                    var lineage = Lineage.Of(parent, child);
                    if (!pairs.TryAdd(lineage, new(lineage, ParentClassifier.Classify(lineage.Parent, null), launches)))
                        throw item.Fault($"'{lineage}' stands in the file twice");
                }
            }
        }

        return [.. pairs.Values];
    }

    private static IEnumerable<(string Parent, string Child)> Named(string parents, string children) =>
        from parent in parents.Split(", ")
        from child in children.Split(", ")
        select (parent, child == Itself ? parent : child);

    /// <summary>Damped to about 6, 2.6 and 1: less than a pair that several recordings contain.</summary>
    private static int Launches(string commonness, WordLine line) => commonness switch
    {
        "common" => 150,
        "regular" => 5,
        "rare" => 1,
        _ => throw line.Fault($"'{commonness}' is no commonness: common, regular or rare"),
    };
}
