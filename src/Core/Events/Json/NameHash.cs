using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Changeling.Events.Json;

/// <summary>
/// A hash of short texts that is fast, and differs from process to process so that no sender can choose texts that collide.
/// </summary>
internal static class NameHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The hash of all bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> text)
    {
        var hash = Seed ^ (ulong)text.Length;
        while (text.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(text)) * Factor;
            hash ^= hash >> 32;
            text = text[sizeof(ulong)..];
        }

        if (text.Length >= sizeof(uint))
        {
            hash = (hash ^ MemoryMarshal.Read<uint>(text)) * Factor;
            hash ^= hash >> 32;
            text = text[sizeof(uint)..];
        }

        var rest = 0ul;
        foreach (var unit in text) rest = (rest << 8) | unit;
        hash = (hash ^ rest) * Factor;
        return (uint)(hash >> 32);
    }
}
