namespace Changeling.Backtest.Checkpoints;

/// <summary>An input that a run depends on.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Value">Its value.</param>
public sealed record NamedInput(string Name, string Value)
{
    /// <summary>The first input that differs, in words; <see langword="null"/> when none does.</summary>
    internal static string? Difference(IReadOnlyList<NamedInput> then, IReadOnlyList<NamedInput> now)
    {
        var before = then.ToDictionary(i => i.Name, i => i.Value, StringComparer.Ordinal);
        var other = now.FirstOrDefault(i => before.GetValueOrDefault(i.Name) != i.Value);
        return other is null ? null : $"{other.Name} is {other.Value} and was {before.GetValueOrDefault(other.Name, "none")}";
    }
}
