using System.Numerics;

namespace Changeling.Features;

/// <summary>Finds which of many parts a text holds, in one pass over the text whatever their number.</summary>
/// <remarks>
/// A. Aho, M. Corasick, <i>Efficient string matching: an aid to bibliographic search</i> (1975), with the failures of every state written
/// out: each character of a text is one look into a table. Characters that no part has are one and the same. States near the start come
/// first, since nearly all texts stay there; those in which a part ends come last.
/// </remarks>
internal sealed class PartSearch
{
    private readonly TextPart[] _parts;
    private readonly byte[] _classes = new byte[char.MaxValue + 1];

    /// <summary>The next state by state and class of character.</summary>
    private readonly ushort[] _next;

    /// <summary>By state: how many characters back the longest part begins that may end behind them.</summary>
    private readonly ushort[] _depth;

    /// <summary>Bits of a class of character.</summary>
    private readonly int _classBits;

    /// <summary>The first state in which a part ends.</summary>
    private readonly int _firstEnding;

    /// <summary>By state from <see cref="_firstEnding"/> on: the parts that end there.</summary>
    private readonly ushort[][] _ends;

    /// <summary>Prepares a search.</summary>
    /// <param name="parts">The parts, distinct; together at most 65,000 characters of at most 250 kinds.</param>
    public PartSearch(IReadOnlyList<TextPart> parts)
    {
        _parts = [.. parts];
        MaxLength = _parts.Select(p => p.Text.Length).DefaultIfEmpty().Max();
        var classCount = 1;
        foreach (var c in parts.SelectMany(p => p.Text).Distinct().Order()) _classes[c] = checked((byte)classCount++);
        _classBits = BitOperations.Log2((uint)classCount - 1) + 1;

        var states = new List<State> { new(0, classCount) };
        for (var part = 0; part < _parts.Length; part++)
        {
            var state = states[0];
            foreach (var c in _parts[part].Text)
            {
                ref var next = ref state.Next[_classes[c]];
                if (next is null) states.Add(next = new(state.Depth + 1, classCount));
                state = next;
            }

            state.Ends.Add((ushort)part);
        }

        WriteFailuresOut(states[0]);
        State[] ordered = [.. states.OrderBy(s => s.Ends.Count > 0).ThenBy(s => s.Depth)];
        for (var i = 0; i < ordered.Length; i++) ordered[i].Index = checked((ushort)i);
        _firstEnding = ordered.Count(s => s.Ends.Count == 0);
        _ends = [.. ordered.Skip(_firstEnding).Select(s => s.Ends.ToArray())];
        _depth = [.. ordered.Select(s => (ushort)s.Depth)];
        _next = new ushort[ordered.Length << _classBits];
        foreach (var state in ordered)
        {
            for (var c = 0; c < classCount; c++) _next[(state.Index << _classBits) + c] = state.Next[c]!.Index;
        }
    }

    /// <summary>Number of parts.</summary>
    public int Count => _parts.Length;

    /// <summary>Number of characters of the longest part.</summary>
    public int MaxLength { get; }

    /// <summary>Finds all parts from an index on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the first part may begin.</param>
    /// <param name="reading">The bit of the reading in which they are found.</param>
    /// <param name="found">Receives the parts.</param>
    public void Find(scoped ReadOnlySpan<char> text, int from, byte reading, ref FoundParts found)
    {
        var state = 0;
        for (var i = from; i < text.Length; i++)
        {
            state = _next[(state << _classBits) + _classes[text[i]]];
            if (state >= _firstEnding) Add(state, text, i + 1, reading, ref found);
        }
    }

    /// <summary>Finds the parts that begin before a seam: what begins behind it may be found too.</summary>
    /// <param name="text">The text; behind the seam, at least one character more than <see cref="MaxLength"/>, or all.</param>
    /// <param name="seam">An index.</param>
    /// <param name="reading">The bit of the reading in which they are found.</param>
    /// <param name="found">Receives the parts.</param>
    public void FindBefore(scoped ReadOnlySpan<char> text, int seam, byte reading, ref FoundParts found)
    {
        var state = 0;
        for (var i = 0; i < text.Length && (i < seam || _depth[state] > i - seam); i++)
        {
            state = _next[(state << _classBits) + _classes[text[i]]];
            if (state >= _firstEnding) Add(state, text, i + 1, reading, ref found);
        }
    }

    private void Add(int state, scoped ReadOnlySpan<char> text, int end, byte reading, ref FoundParts found)
    {
        foreach (var part in _ends[state - _firstEnding])
        {
            if (!found.Has(part, reading) && _parts[part].IsAt(text, end - _parts[part].Text.Length)) found.Add(part, reading);
        }
    }

    /// <summary>Gives each state all its steps and all parts that end in it, nearer states first.</summary>
    private static void WriteFailuresOut(State root)
    {
        var queue = new Queue<State>([root]);
        while (queue.TryDequeue(out var state))
        {
            for (var c = 0; c < state.Next.Length; c++)
            {
                var otherwise = state == root ? root : state.Failure!.Next[c]!;
                ref var next = ref state.Next[c];
                if (next is null)
                {
                    next = otherwise;
                    continue;
                }

                next.Failure = otherwise;
                next.Ends.AddRange(otherwise.Ends);
                queue.Enqueue(next);
            }
        }
    }

    /// <summary>A beginning of parts, while the search is prepared.</summary>
    private sealed class State(int depth, int classCount)
    {
        public int Depth => depth;

        public State?[] Next { get; } = new State?[classCount];

        public List<ushort> Ends { get; } = [];

        public State? Failure { get; set; }

        public ushort Index { get; set; }
    }
}
