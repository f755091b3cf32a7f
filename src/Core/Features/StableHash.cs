using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Changeling.Features;

/// <summary>
/// FNV-1a, 32 bits, over UTF-16 units: the same on every machine and in every version, unlike <see cref="string.GetHashCode()"/>.
/// </summary>
public static class StableHash
{
    /// <summary>The state of an empty text.</summary>
    internal const uint Start = 2166136261;

    private const uint Prime = 16777619;

    /// <summary>The hash of a text.</summary>
    public static uint Of(ReadOnlySpan<char> text) => Mix(Append(Start, text));

    /// <summary>The hash of two texts with a separator between them.</summary>
    public static uint Of(ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        Mix(Append((Append(Start, first) ^ 0x1F) * Prime, second));

    /// <summary>The hash of three texts with separators between them.</summary>
    public static uint Of(ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> third) =>
        Mix(Append((Append((Append(Start, first) ^ 0x1F) * Prime, second) ^ 0x1F) * Prime, third));

    /// <summary>
    /// The state behind a first text and the separator after it: where <see cref="Grow(uint, char)"/> and the hashes after it begin.
    /// </summary>
    internal static uint Begin(ReadOnlySpan<char> first) => (Append(Start, first) ^ 0x1F) * Prime;

    /// <summary>The hash of a state's text, a second and a third one.</summary>
    internal static uint After(uint state, ReadOnlySpan<char> second, ReadOnlySpan<char> third) =>
        Mix(Append((Append(state, second) ^ 0x1F) * Prime, third));

    /// <summary>The state behind one more text and the separator after it.</summary>
    internal static uint Then(uint state, ReadOnlySpan<char> text) => Separate(Append(state, text));

    /// <summary>The state behind a separator.</summary>
    internal static uint Separate(uint state) => (state ^ 0x1F) * Prime;

    /// <summary>The state with one more character; <see cref="Mix(uint)"/> makes a hash of it.</summary>
    internal static uint Grow(uint state, char next) => (state ^ next) * Prime;

    /// <summary>The states of eight texts with one more character each.</summary>
    /// <param name="states">The states.</param>
    /// <param name="next">At least eight characters, of which the first eight are added.</param>
    internal static Vector256<uint> Grow(Vector256<uint> states, ReadOnlySpan<char> next)
    {
        var (lower, upper) = Vector128.Widen(Vector128.Create(MemoryMarshal.Cast<char, ushort>(next)));
        return (states ^ Vector256.Create(lower, upper)) * Prime;
    }

    /// <summary>The hashes of eight states.</summary>
    internal static Vector256<uint> Mix(Vector256<uint> states)
    {
        states ^= states >>> 16;
        states *= 0x7FEB352D;
        return states ^ (states >>> 15);
    }

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
