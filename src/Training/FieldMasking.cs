using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Drops optional fields of training rows at random, so that both classes lack each field equally often and the model
/// learns to do without any of them.
/// </summary>
internal sealed class FieldMasking
{
    /// <summary>Probability that a masked copy loses a field that both classes have. Command line and parent are never removed.</summary>
    private static readonly Dictionary<string, double> Extra = new()
    {
        ["original_file_name"] = 0.3,
        ["integrity"] = 0.4,
        ["elevation"] = 0.3,
        ["user"] = 0.3,
        ["path"] = 0.1,
        ["command_line"] = 0.02,
        ["parent_command_line"] = 0.4,
        ["parent_path"] = 0.15,
        ["parent"] = 0.04,
    };

    /// <summary>
    /// Features see this field only where it contradicts the name, so its presence needs no balance; taking it from one class would take
    /// its benign contradictions.
    /// </summary>
    private const string OnlySeenInContradiction = "original_file_name";

    private readonly double[][] _drop;

    /// <summary>Learns how often each class has each field.</summary>
    public FieldMasking(IReadOnlyCollection<(ProcessEvent Event, bool IsAttack)> rows)
    {
        double[][] shares = [SharesOf([.. rows.Where(r => !r.IsAttack)]), SharesOf([.. rows.Where(r => r.IsAttack)])];
        _drop =
        [
            .. shares.Select(
                own =>
                    own.Select(
                        (share, f) =>
                            share <= 0 || FieldMask.All[f].Name == OnlySeenInContradiction
                                ? 0
                                : 1 - (Math.Min(shares[0][f], shares[1][f]) / share)).ToArray()),
        ];
    }

    /// <summary>One masked copy of an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="isAttack">Its class, whose surplus of fields is taken away.</param>
    /// <param name="further">Whether to drop fields beyond what makes the classes alike.</param>
    /// <param name="random">Seeded by the caller.</param>
    public ProcessEvent Apply(ProcessEvent e, bool isAttack, bool further, Random random)
    {
        for (var f = 0; f < FieldMask.All.Count; f++)
        {
            var field = FieldMask.All[f];
            var chance = _drop[isAttack ? 1 : 0][f];
            if (further) chance = 1 - ((1 - chance) * (1 - Extra[field.Name]));
            if (random.NextDouble() < chance && field.IsPresent(e)) e = field.Drop(e);
        }

        return e;
    }

    private static double[] SharesOf(IReadOnlyCollection<(ProcessEvent Event, bool IsAttack)> rows) =>
        [.. FieldMask.All.Select(f => rows.Count == 0 ? 1.0 : (double)rows.Count(r => f.IsPresent(r.Event)) / rows.Count)];
}
