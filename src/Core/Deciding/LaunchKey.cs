using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Changeling.Features;

namespace Changeling.Deciding;

/// <summary>
/// <see cref="LaunchFields"/> with their hash, which is computed once for several searches. Senders choose the texts, so the hash begins
/// with numbers that are drawn anew in each process: nobody can prepare many launches with the same one.
/// </summary>
internal readonly struct LaunchKey : IEquatable<LaunchKey>
{
    private static readonly ulong Begin = Drawn();
    private static readonly ulong Factor = Drawn() | 1;

    private readonly LaunchFields _fields;
    private readonly ulong _hash;

    public LaunchKey(in LaunchFields fields)
    {
        _fields = fields;
        var hash = Append(Begin, fields.CommandLine);
        hash = Append(hash, fields.ParentCommandLine);
        hash = Append(hash, fields.Child);
        hash = Append(hash, fields.ChildPath);
        hash = Append(hash, fields.ParentPath);
        _hash = Append(hash, fields.OriginalFileName);
    }

    /// <summary>Number of characters of all texts.</summary>
    public int Length => _fields.Length;

    public bool Equals(LaunchKey other) => _hash == other._hash && _fields.Equals(other._fields);

    public override bool Equals(object? obj) => obj is LaunchKey other && Equals(other);

    public override int GetHashCode() => (int)_hash;

    private static ulong Append(ulong hash, string? text)
    {
        var units = text.AsSpan();
        var pairs = MemoryMarshal.Cast<char, (ulong First, ulong Second)>(units);
        foreach (var (first, second) in pairs) hash = Mix(first ^ Factor, second ^ hash);
        var rest = units[(pairs.Length * 8)..];
        var words = MemoryMarshal.Cast<char, ulong>(rest);
        foreach (var word in words) hash = Mix(word ^ Factor, hash);
        foreach (var unit in rest[(words.Length * 4)..]) hash = Mix(unit ^ Factor, hash);
        return Mix((ulong)units.Length ^ Factor, hash);
    }

    /// <summary>Both halves of the product of two words, joined: each bit depends on all.</summary>
    private static ulong Mix(ulong one, ulong other) => Math.BigMul(one, other, out var low) ^ low;

    private static ulong Drawn() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
