namespace Changeling.Features;

/// <summary>Counts the terms of a list of behaviours in a text.</summary>
internal sealed class BehaviourSearch
{
    /// <summary>Shorter texts have no arguments.</summary>
    public const int MinText = 3;

    private const byte Reading = 1;

    private readonly int _behaviours;
    private readonly PartSearch _parts;
    private readonly TermCounter _terms;

    /// <summary>Prepares a list.</summary>
    public BehaviourSearch(IReadOnlyList<Behaviour> all)
    {
        TextPart[] parts = [.. all.SelectMany(b => b.Parts).Distinct()];
        (_behaviours, _parts, _terms) = (all.Count, new(parts), new(all.Select(b => (b, Reading)), parts));
    }

    /// <summary>How many terms of each behaviour are in a plain text, at most <see cref="Behaviour.MaxTerms"/> each.</summary>
    public byte[] CountIn(string text)
    {
        var counts = new byte[_behaviours];
        if (text.Length < MinText) return counts;
        var found = new FoundParts(stackalloc byte[_parts.Count], stackalloc ushort[_parts.Count]);
        _parts.Find(text, from: 0, Reading, ref found);
        _terms.Count(found, counts);
        return counts;
    }
}
