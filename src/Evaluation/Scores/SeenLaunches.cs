using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;

namespace Changeling.Evaluation.Scores;

/// <summary>
/// The earlier launches in the same input, which are the only baseline of a recording besides the prior. Nothing decays, since a recording
/// has no partition clock.
/// </summary>
public sealed class SeenLaunches(Prior prior)
{
    private readonly Dictionary<string, ParentHistory> _parents = new(StringComparer.Ordinal);

    /// <summary>The rarity of a launch from the counts so far; <see langword="null"/> without a parent.</summary>
    public RarityRating? Rate(ProcessEvent e)
    {
        if (e.Parent is not { } parent) return null;
        var lineage = Lineage.Of(parent.Name, e.Child.Name);
        return RarityEstimator.Rate(
            HistoryOf(lineage.Parent), FleetParent.None, ParentClassifier.Classify(lineage.Parent, parent.Path), lineage.Child, prior,
            prior.Calibration);
    }

    /// <summary>Counts the launch.</summary>
    public void Count(ProcessEvent e)
    {
        if (e.Parent is not { } parent) return;
        var lineage = Lineage.Of(parent.Name, e.Child.Name);
        HistoryOf(lineage.Parent).Count(lineage.Child, e.Time, day: 0);
    }

    private ParentHistory HistoryOf(string parent)
    {
        if (!_parents.TryGetValue(parent, out var history)) _parents[parent] = history = new ParentHistory(parent, [], HalfLife.Never);
        return history;
    }
}
