namespace Changeling.Features;

/// <summary>Finds which of many parts a text holds, in one pass over the text whatever their number.</summary>
/// <remarks>
/// A. Aho, M. Corasick, <i>Efficient string matching: an aid to bibliographic search</i> (1975), with the failures of every state written
/// out: each character of a text is one look into a table. Characters that no part has are one and the same.
/// </remarks>
internal sealed class PartSearch
{
    private readonly TextPart[] _parts;
    private readonly byte[] _classes = new byte[char.MaxValue + 1];

    /// <summary>The next state by state and class of character.</summary>
    private readonly ushort[] _next;

    private readonly int _classCount;

    /// <summary>By state: where the parts that end there begin in <see cref="_ends"/>; one longer than the states.</summary>
    private readonly int[] _firstEnd;

    private readonly ushort[] _ends;

    /// <summary>Prepares a search.</summary>
    /// <param name="parts">The parts, distinct; together at most 65,000 characters of at most 250 kinds.</param>
    public PartSearch(IReadOnlyList<TextPart> parts)
    {
        _parts = [.. parts];
        foreach (var c in parts.SelectMany(p => p.Text).Distinct().Order()) _classes[c] = checked((byte)++_classCount);
        _classCount++;

        var (states, ends) = (new List<int[]> { NewState() }, new List<List<ushort>> { new() });
        for (var part = 0; part < _parts.Length; part++)
        {
            var state = 0;
            foreach (var c in _parts[part].Text)
            {
                if (states[state][_classes[c]] < 0)
                {
                    states[state][_classes[c]] = states.Count;
                    states.Add(NewState());
                    ends.Add([]);
                }

                state = states[state][_classes[c]];
            }

            ends[state].Add((ushort)part);
        }

        WriteFailuresOut(states, ends);
        _next = [.. states.SelectMany(s => s).Select(next => checked((ushort)next))];
        _ends = [.. ends.SelectMany(e => e)];
        _firstEnd = new int[states.Count + 1];
        for (var state = 0; state < states.Count; state++) _firstEnd[state + 1] = _firstEnd[state] + ends[state].Count;

        int[] NewState()
        {
            var state = new int[_classCount];
            Array.Fill(state, -1);
            return state;
        }
    }

    /// <summary>Number of parts.</summary>
    public int Count => _parts.Length;

    /// <summary>Which parts a text holds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">Becomes true at the index of each part that is held; all false before.</param>
    /// <param name="list">Receives their indices; as long as there are parts.</param>
    /// <returns>How many there are.</returns>
    public int Find(ReadOnlySpan<char> text, Span<bool> found, Span<ushort> list)
    {
        var (state, count) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            state = _next[(state * _classCount) + _classes[text[i]]];
            for (var end = _firstEnd[state]; end < _firstEnd[state + 1]; end++)
            {
                var part = _ends[end];
                if (found[part] || !_parts[part].IsAt(text, i + 1 - _parts[part].Text.Length)) continue;
                found[part] = true;
                list[count++] = part;
            }
        }

        return count;
    }

    /// <summary>Gives each state all its steps and all parts that end in it, nearer states first.</summary>
    private static void WriteFailuresOut(List<int[]> states, List<List<ushort>> ends)
    {
        var (failures, queue) = (new int[states.Count], new Queue<int>());
        queue.Enqueue(0);
        while (queue.TryDequeue(out var state))
        {
            for (var c = 0; c < states[state].Length; c++)
            {
                var otherwise = state == 0 ? 0 : states[failures[state]][c];
                if (states[state][c] is var next && next < 0)
                {
                    states[state][c] = otherwise;
                    continue;
                }

                failures[next] = otherwise;
                ends[next].AddRange(ends[otherwise]);
                queue.Enqueue(next);
            }
        }
    }
}
