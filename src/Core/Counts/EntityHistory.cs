
namespace Changeling.Counts;

/// <summary>
/// One entity's sums of malicious probability over all windows so far, those without launches included, decayed: the row
/// <c>history|{kind}|{entity}</c> of table partition <c>clusters</c>. Changed once for each window, in order.
/// </summary>
/// <param name="Kind">What the entity is.</param>
/// <param name="Entity">Its name.</param>
/// <param name="Window">The last window counted.</param>
/// <param name="Sum">Decayed sum, as of that window.</param>
/// <param name="Squares">Decayed sum of squares.</param>
public sealed record EntityHistory(ClusterKind Kind, string Entity, ClockWindow Window, double Sum, double Squares)
{
    private const double HalfLifeWindows = 7 * 24 * 4;
    private static readonly double Step = Math.Pow(2, -1 / HalfLifeWindows);

    /// <summary>Below this sum the history counts as empty.</summary>
    public const double LeastSum = 0.001;

    /// <summary>Kind and name. The entities of a window are evaluated in the order of this text.</summary>
    public string Name => NameOf(Kind, Entity);

    /// <summary>The history of an entity that never had a launch classified as malicious.</summary>
    public static EntityHistory None(ClusterKind kind, string entity) => new(kind, entity, new ClockWindow(int.MinValue), 0, 0);

    /// <summary>As <see cref="Name"/>.</summary>
    public static string NameOf(ClusterKind kind, string entity) => $"{(int)kind}|{entity}";

    /// <summary>Mean and deviation of the windows before one.</summary>
    /// <param name="window">The window that is evaluated.</param>
    /// <param name="since">The first window ever evaluated.</param>
    public (double Mean, double Deviation, double Windows) Before(ClockWindow window, ClockWindow since)
    {
        var windows = (1 - Math.Pow(Step, Math.Max(0, window.Number - since.Number))) / (1 - Step);
        if (windows <= 0 || Sum <= 0) return (0, 0, windows);
        var decay = Math.Pow(Step, window.Number - Window.Number);
        var mean = Sum * decay / windows;
        return (mean, Math.Sqrt(Math.Max(0, (Squares * decay / windows) - (mean * mean))), windows);
    }

    /// <summary>The history after a window.</summary>
    public EntityHistory After(ClockWindow window, double sum)
    {
        var decay = Sum <= 0 ? 0 : Math.Pow(Step, window.Number - Window.Number);
        return this with { Window = window, Sum = (Sum * decay) + sum, Squares = (Squares * decay) + (sum * sum) };
    }
}
