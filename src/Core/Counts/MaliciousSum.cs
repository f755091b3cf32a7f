namespace Changeling.Counts;

/// <summary>
/// The sum of one entity's launches classified as malicious, in one window of the partition clock and one event partition: the row
/// <c>sum|{window}|{kind}|{entity}</c>. The key begins with the window, so that one range query reads all rows of a window.
/// </summary>
/// <param name="Key">The entity and the window.</param>
/// <param name="Launches">Launches.</param>
/// <param name="Units">Sum of their probabilities in multiples of 2⁻²⁰, so that any cut of the stream gives the same number.</param>
/// <param name="Children">The first children, folded names, in order of position; at most <see cref="MaxChildren"/>.</param>
public sealed record MaliciousSum(SumKey Key, int Launches, long Units, IReadOnlyList<string> Children)
{
    /// <summary>Maximum number of children that are named.</summary>
    public const int MaxChildren = 8;

    private const double One = 1 << 20;

    /// <summary>The sum of probabilities.</summary>
    public double Probability => Units / One;

    /// <summary>Nothing yet.</summary>
    public static MaliciousSum None(SumKey key) => new(key, 0, 0, []);

    /// <summary>The sum with one more launch.</summary>
    public MaliciousSum Plus(double probability, string child) => this with
    {
        Launches = Launches + 1,
        Units = Units + (long)Math.Round(probability * One),
        Children = Children.Count < MaxChildren && !Children.Contains(child, StringComparer.Ordinal) ? [.. Children, child] : Children,
    };

    /// <inheritdoc/>
    public bool Equals(MaliciousSum? other) =>
        other is not null
            && (Key, Launches, Units) == (other.Key, other.Launches, other.Units)
            && Children.SequenceEqual(other.Children, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Launches, Units);
}

/// <summary>Identifies a sum: window and entity.</summary>
/// <param name="Window">The window of the partition clock.</param>
/// <param name="Kind">What the entity is.</param>
/// <param name="Entity">The parent, host or user.</param>
public readonly record struct SumKey(ClockWindow Window, ClusterKind Kind, string Entity);
