namespace Changeling.Features;

/// <summary>Counts the terms of a list of behaviours in a text.</summary>
internal sealed class BehaviourSearch
{
    /// <summary>Shorter texts have no arguments.</summary>
    private const int MinText = 3;

    private readonly int _behaviours;
    private readonly PartSearch _parts;

    /// <summary>By part: the terms that begin with it, each with its behaviour and its other parts.</summary>
    private readonly (int Behaviour, ushort[] Others)[][] _terms;

    /// <summary>Prepares a list.</summary>
    public BehaviourSearch(IReadOnlyList<Behaviour> all)
    {
        _behaviours = all.Count;
        var parts = all.SelectMany(b => b.Terms).SelectMany(t => t.Parts).Distinct().ToList();
        var numbers = parts.Index().ToDictionary(p => p.Item, p => (ushort)p.Index);
        _parts = new(parts);
        var byFirst = all.SelectMany((b, i) => b.Terms.Select(t => (Behaviour: i, Parts: t.Parts.Select(p => numbers[p]).ToArray())))
            .ToLookup(t => t.Parts[0], t => (t.Behaviour, t.Parts[1..]));
        _terms = [.. parts.Select((_, i) => byFirst[(ushort)i].ToArray())];
    }

    /// <summary>How many terms of each behaviour are in a plain text, at most <see cref="Behaviour.MaxTerms"/> each.</summary>
    public int[] CountIn(string text)
    {
        var counts = new int[_behaviours];
        if (text.Length < MinText) return counts;
        Span<bool> found = stackalloc bool[_parts.Count];
        Span<ushort> list = stackalloc ushort[_parts.Count];
        foreach (var part in list[.._parts.Find(text, found, list)])
        {
            foreach (var (behaviour, others) in _terms[part])
            {
                if (counts[behaviour] < Behaviour.MaxTerms && HasAll(found, others)) counts[behaviour]++;
            }
        }

        return counts;
    }

    private static bool HasAll(ReadOnlySpan<bool> found, ushort[] parts)
    {
        foreach (var part in parts) if (!found[part]) return false;
        return true;
    }
}
