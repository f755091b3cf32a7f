
namespace Changeling.Sources;

/// <summary>What the process starts of one format delivered, and what they lack.</summary>
/// <param name="Events">Process starts read.</param>
/// <param name="Missing">
/// By field name as in <c>ProcessEvent.Missing</c>, the starts without it; fields that no start lacks are absent.
/// </param>
/// <param name="InvalidParents">Starts whose parent is named and can be no program: the sign of a parser that slipped by a field.</param>
/// <param name="Skew">Starts by how far their own time is from the hub's, see <see cref="TimeSkew"/>; all five are there.</param>
public sealed record FormatHealth(
    long Events, IReadOnlyDictionary<string, long> Missing, long InvalidParents, IReadOnlyDictionary<string, long> Skew)
{
    /// <summary>The share of starts without a field, 0–1.</summary>
    public double ShareMissing(string field) => Events == 0 ? 0 : (double)Missing.GetValueOrDefault(field) / Events;
}
