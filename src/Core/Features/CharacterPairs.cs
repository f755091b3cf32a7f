namespace Changeling.Features;

/// <summary>The pairs of neighbouring characters in a text, in 4,096 bits. A word with a pair that is not set is not in the text.</summary>
internal readonly ref struct CharacterPairs
{
    /// <summary>Length of the buffer that the caller passes.</summary>
    public const int Words = 64;

    private readonly ReadOnlySpan<ulong> _bits;

    public CharacterPairs(ReadOnlySpan<char> text, Span<ulong> buffer)
    {
        buffer.Clear();
        for (var i = 1; i < text.Length; i++)
        {
            var pair = Pair(text[i - 1], text[i]);
            buffer[pair >> 6] |= 1UL << (pair & 63);
        }

        _bits = buffer;
    }

    /// <summary>The pairs of a text that is to be looked for.</summary>
    public static int[] Of(string text) =>
    [
        .. Enumerable.Range(1, Math.Max(0, text.Length - 1)).Select(i => Pair(text[i - 1], text[i])).Distinct(),
    ];

    /// <summary>Whether all given pairs are set. If not, the text that they come from is not in this one.</summary>
    public bool MayHold(int[] pairs)
    {
        foreach (var pair in pairs) if ((_bits[pair >> 6] & (1UL << (pair & 63))) == 0) return false;
        return true;
    }

    private static int Pair(char first, char second) => ((first * 67) ^ (second * 5)) & 4095;
}
