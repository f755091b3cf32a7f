namespace Changeling.Simulation;

/// <summary>
/// A seeded stream of chance that is the same on every machine and .NET version: xoshiro256** seeded by SplitMix64, both by
/// David Blackman and Sebastiano Vigna (prng.di.unimi.it, public domain). No logarithms or powers, whose last bit may
/// differ between platforms.
/// </summary>
internal sealed class Chance
{
    private ulong _a, _b, _c, _d;

    private Chance(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>
    /// A stream of its own for each list of names (host, habit, …), so that a change to one habit of one host does not change any other.
    /// </summary>
    public static Chance For(int seed, params ReadOnlySpan<string> names)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var name in names)
        {
            foreach (var unit in name) hash = (hash ^ unit) * 1099511628211UL;
            hash = (hash ^ '|') * 1099511628211UL;
        }

        return new Chance(hash);
    }

    public ulong Next()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>In [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double odds) => Unit() < odds;

    /// <summary>Both ends included.</summary>
    public long Between(long least, long most) => least + (long)(Next() % (ulong)(most - least + 1));

    public double Between(double least, double most) => least + (Unit() * (most - least));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)Between(0L, choices.Count - 1)];

    /// <summary>A whole number around a mean, 40 % either way; the fraction is rounded at random.</summary>
    public int Count(double mean)
    {
        var around = mean < 1 ? mean : mean * Between(0.6, 1.4);
        var whole = (int)around;
        return whole + (Happens(around - whole) ? 1 : 0);
    }

    public string Hex(int digits) => string.Create(digits, this, (span, chance) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = "0123456789abcdef"[(int)(chance.Next() >> 60)];
    });

    public Guid Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        bytes[7] = (byte)((bytes[7] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes);
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9e3779b97f4a7c15UL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }
}
