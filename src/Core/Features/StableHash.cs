namespace Changeling.Features;

/// <summary>
/// FNV-1a, 32 bits, over UTF-16 units: the same on every machine and in every version, unlike <see cref="string.GetHashCode()"/>.
/// </summary>
public static class StableHash
{
    private const uint Start = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The hash of a text.</summary>
    public static uint Of(ReadOnlySpan<char> text) => Mix(Append(Start, text));

    /// <summary>The hash of two texts with a separator between them.</summary>
    public static uint Of(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        Mix(Append((Append(Start, first) ^ 0x1F) * Prime, second));

    /// <summary>The hash of three texts with separators between them.</summary>
    public static uint Of(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> third) =>
        Mix(Append((Append((Append(Start, first) ^ 0x1F) * Prime, second) ^ 0x1F) * Prime, third));

    /// <summary>The state behind a first text and the separator after it: where <see cref="Grow"/> and the hashes after it begin.</summary>
    internal static uint Begin(ReadOnlySpan<char> first) => (Append(Start, first) ^ 0x1F) * Prime;

    /// <summary>The hash of a state's text and a second one.</summary>
    internal static uint After(uint state, ReadOnlySpan<char> second) => Mix(Append(state, second));

    /// <summary>The hash of a state's text, a second and a third one.</summary>
    internal static uint After(uint state, ReadOnlySpan<char> second, ReadOnlySpan<char> third) =>
        Mix(Append((Append(state, second) ^ 0x1F) * Prime, third));

    /// <summary>The state with one more character; <see cref="Mix"/> makes a hash of it.</summary>
    internal static uint Grow(uint state, char next) => (state ^ next) * Prime;

    /// <summary>The hash of a number.</summary>
    public static uint Of(int number) => Mix((Start ^ (uint)number) * Prime);

    private static uint Append(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var unit in text) hash = (hash ^ unit) * Prime;
        return hash;
    }

    /// <summary>Spreads the entropy into the low bits, which choose the bucket.</summary>
    internal static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x7FEB352D;
        hash ^= hash >> 15;
        return hash;
    }
}
