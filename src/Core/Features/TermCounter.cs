namespace Changeling.Features;

/// <summary>Counts the terms of behaviours, of which some parts were found.</summary>
internal sealed class TermCounter
{
    /// <summary>By part: the terms that begin with it.</summary>
    private readonly Term[][] _terms;

    /// <summary>Prepares some behaviours.</summary>
    /// <param name="behaviours">The behaviours, each with the bits of the readings in which its terms count.</param>
    /// <param name="parts">All their parts, and others.</param>
    public TermCounter(IEnumerable<(Behaviour Behaviour, byte Readings)> behaviours, IReadOnlyList<TextPart> parts)
    {
        var numbers = parts.Index().ToDictionary(p => p.Item, p => (ushort)p.Index);
        var byFirst = behaviours
            .SelectMany((b, i) => b.Behaviour.Terms.Select(t => t.Parts.Select(p => numbers[p]).ToArray())
                .Select(numbers => (First: numbers[0], Term: new Term(i, b.Readings, numbers[1..]))))
            .ToLookup(t => t.First, t => t.Term);
        _terms = [.. parts.Select((_, i) => byFirst[(ushort)i].ToArray())];
    }

    /// <summary>Adds up the terms.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="counts">By behaviour: receives its terms, at most <see cref="Behaviour.MaxTerms"/>; all 0 before.</param>
    public void Count(in FoundParts found, Span<byte> counts)
    {
        foreach (var part in found.All)
        {
            foreach (ref readonly var term in _terms[part].AsSpan())
            {
                ref var count = ref counts[term.Behaviour];
                if (count < Behaviour.MaxTerms && found.Has(part, term.Readings) && found.HasAll(term.Others, term.Readings)) count++;
            }
        }
    }

    /// <summary>One term.</summary>
    /// <param name="Behaviour">The index of its behaviour.</param>
    /// <param name="Readings">The bits of the readings that count.</param>
    /// <param name="Others">Its parts but the first.</param>
    private readonly record struct Term(int Behaviour, byte Readings, ushort[] Others);
}
