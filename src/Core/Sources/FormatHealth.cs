
namespace Changeling.Sources;

/// <summary>Numbers of process starts in one format, and of the fields that they lack.</summary>
/// <param name="Events">Process starts read.</param>
/// <param name="Missing">
/// By field name as in <c>ProcessEvent.Missing</c>, the starts without it; fields that no start lacks are absent.
/// </param>
/// <param name="InvalidParents">
/// Starts whose parent has a name that cannot be a program's, which indicates a parser that is off by one field.
/// </param>
/// <param name="Skew">Starts by how far their own time is from the hub's, see <see cref="TimeSkew"/>; all five values are present.</param>
public sealed record FormatHealth(
    long Events, IReadOnlyDictionary<string, long> Missing, long InvalidParents, IReadOnlyDictionary<string, long> Skew)
{
    /// <summary>The share of starts without a field, 0–1.</summary>
    public double ShareMissing(string field) => Events == 0 ? 0 : (double)Missing.GetValueOrDefault(field) / Events;
}
