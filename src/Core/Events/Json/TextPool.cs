using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Changeling.Events.Json;

/// <summary>
/// Gives one string for texts that repeat, such as names of hosts, programs and accounts. It keeps a limited number of short ones, and only
/// what it is asked for again: an id that comes once does not replace a name. Safe to use from many threads.
/// </summary>
/// <param name="size">Number of strings that are kept; a power of two.</param>
internal sealed class TextPool(int size)
{
    /// <summary>Longer texts seldom repeat. Number of bytes or units.</summary>
    private const int Longest = 128;

    private readonly Entry[] _entries = new Entry[size];

    /// <summary>The one that all readers share: at most 2 MiB.</summary>
    public static TextPool Shared { get; } = new(8192);

    /// <summary>The text of UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return "";
        if (text.Length > Longest) return Encoding.UTF8.GetString(text);

        // Threads may mix their writes; the comparison of the text itself decides.
        var hash = NameHash.Of(text);
        ref var entry = ref _entries[hash & (uint)(size - 1)];
        if (entry.Hash == hash && entry.Text is { } known && known.Length == text.Length && Ascii.Equals(text, known)) return known;
        var made = Encoding.UTF8.GetString(text);
        if (entry.Asked == hash) (entry.Text, entry.Hash) = (made, hash);
        else entry.Asked = hash;
        return made;
    }

    /// <summary>The text of UTF-16.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return "";
        Span<byte> bytes = stackalloc byte[Longest];
        return text.Length <= Longest && Ascii.FromUtf16(text, bytes, out var length) == OperationStatus.Done
            ? Get(bytes[..length])
            : text.ToString();
    }

    /// <summary>The text of UTF-16 in lower case.</summary>
    public string Lower(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        return text.Length <= Longest && Ascii.ToLower(text, bytes, out var length) == OperationStatus.Done
            ? Get(bytes[..length])
            : text.ToString().ToLowerInvariant();
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        /// <summary>The string that is kept.</summary>
        public string? Text;

        /// <summary>Its hash.</summary>
        public uint Hash;

        /// <summary>The hash of a text that was asked for and is not kept.</summary>
        public uint Asked;
    }
}
