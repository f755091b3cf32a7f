namespace Changeling.Features;

/// <summary>How often each character of ASCII is in a text, and what else is in it; counted in one pass.</summary>
internal sealed class CharacterCounts
{
    private readonly ushort[] _ascii = new ushort[128];
    private readonly int _length;

    /// <summary>Counts a text of at most <see cref="ushort.MaxValue"/> UTF-16 units.</summary>
    public CharacterCounts(string text)
    {
        _length = text.Length;
        foreach (var c in text)
        {
            if (c < 128)
            {
                _ascii[c]++;
                continue;
            }

            Others++;
            if (char.IsLetterOrDigit(c)) OtherLetters++;
            else if (char.IsWhiteSpace(c)) OtherBlanks++;
        }

        for (var c = '0'; c <= '9'; c++) Digits += _ascii[c];
        for (var c = 'A'; c <= 'Z'; c++) (Upper, Lower) = (Upper + _ascii[c], Lower + _ascii[c + ('a' - 'A')]);
    }

    /// <summary>How often a character of ASCII is in the text.</summary>
    public int this[char c] => _ascii[c];

    /// <summary>Upper-case letters of ASCII.</summary>
    public int Upper { get; }

    /// <summary>Digits of ASCII.</summary>
    public int Digits { get; }

    /// <summary>Characters that are not printable ASCII: above <c>~</c>.</summary>
    public int BeyondAscii => Others + _ascii[127];

    /// <summary>Blanks, tabs, line breaks.</summary>
    public int Blanks => OtherBlanks + _ascii[' '] + _ascii['\t'] + _ascii['\n'] + _ascii['\v'] + _ascii['\f'] + _ascii['\r'];

    /// <summary>What is neither letter nor digit nor blank.</summary>
    public int Symbols => _length - Blanks - Upper - Lower - Digits - OtherLetters;

    private int Lower { get; }

    private int Others { get; }

    private int OtherLetters { get; }

    private int OtherBlanks { get; }

    /// <summary>A number of characters as a share of the text, 0–1; 0 for an empty text.</summary>
    public float ShareOf(int number) => _length == 0 ? 0 : (float)number / _length;

    /// <summary>Shannon entropy, in bits a character; all characters beyond ASCII are one.</summary>
    public float Entropy()
    {
        if (_length == 0) return 0;

        // Most characters are in a text a few times, so the same terms return.
        Span<double> terms = stackalloc double[16];
        double bits = 0;
        for (var c = 0; c < _ascii.Length; c++)
        {
            var n = c == 127 ? BeyondAscii : _ascii[c];
            if (n == 0) continue;
            if (n >= terms.Length) bits -= Term(n);
            else if (terms[n] != 0) bits -= terms[n];
            else bits -= terms[n] = Term(n);
        }

        return (float)bits;

        double Term(int n) => (double)n / _length * Math.Log2((double)n / _length);
    }
}
