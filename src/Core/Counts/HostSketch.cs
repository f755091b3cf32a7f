using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using Changeling.Features;

namespace Changeling.Counts;

/// <summary>
/// About how many hosts a fleet has: those whose launches were counted in the present week of the partition clock or the one before. A
/// HyperLogLog of 64 registers for each of the two weeks, so it has the same size for any fleet, counts a host once, and those of several
/// event partitions add up to one. Stored as text in the watermark row.
/// </summary>
/// <remarks>
/// P. Flajolet et al., "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm", AofA 2007: the standard error is
/// 1.04 / √64 = 13 %, enough for what depends on the order of magnitude.
/// </remarks>
public sealed class HostSketch
{
    private const int DaysOfPeriod = 7;
    private const int Registers = 64;
    private const int MaxRank = 27;
    private const int Bytes = sizeof(int) + (2 * Registers);
    private const double Alpha = 0.709;

    private readonly byte[] _now = new byte[Registers];
    private readonly byte[] _before = new byte[Registers];
    private int _period = int.MinValue;

    /// <summary>The number of hosts, estimated; 0 when none was seen.</summary>
    public int Hosts
    {
        get
        {
            double sum = 0;
            var empty = 0;
            for (var i = 0; i < Registers; i++)
            {
                var rank = Math.Max(_now[i], _before[i]);
                if (rank == 0) empty++;
                sum += Math.Pow(2, -rank);
            }

            var raw = Alpha * Registers * Registers / sum;
            var isSmall = raw <= 2.5 * Registers && empty > 0;
            return (int)Math.Round(isSmall ? Registers * Math.Log((double)Registers / empty) : raw);
        }
    }

    /// <summary>Notes a host.</summary>
    /// <param name="host">Its name, in the case in which hosts are counted.</param>
    /// <param name="day">The clock day of the launch; days of a week that has passed already count for the present one.</param>
    public void Add(string host, int day)
    {
        AdvanceTo(PeriodOf(day));
        var hash = StableHash.Of(host);
        var rank = (byte)(BitOperations.LeadingZeroCount(hash | (Registers - 1)) + 1);
        ref var register = ref _now[hash & (Registers - 1)];
        if (rank > register) register = rank;
    }

    /// <summary>Adds the hosts of another event partition.</summary>
    public void Add(HostSketch other)
    {
        if (other._period == int.MinValue) return;
        AdvanceTo(other._period);
        var behind = (long)_period - other._period;
        if (behind == 0) Raise(_now, other._now);
        if (behind == 0) Raise(_before, other._before);
        if (behind == 1) Raise(_before, other._now);
    }

    /// <summary>The sketch as short text: base64url of the week and of the registers of both weeks.</summary>
    public string ToText()
    {
        if (_period == int.MinValue) return "";
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, _period);
        _now.CopyTo(bytes[sizeof(int)..]);
        _before.CopyTo(bytes[(sizeof(int) + Registers)..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>
    /// Reads what <see cref="ToText"/> wrote. Any other text, damaged or of another version, gives an empty sketch: it is an estimate, and
    /// must not stop a partition.
    /// </summary>
    public static HostSketch Parse(string text)
    {
        var sketch = new HostSketch();
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!Base64Url.IsValid(text, out var length) || length != Bytes) return sketch;
        Base64Url.DecodeFromChars(text, bytes);
        if (bytes[sizeof(int)..].ContainsAnyExceptInRange((byte)0, (byte)MaxRank)) return sketch;
        sketch._period = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes.Slice(sizeof(int), Registers).CopyTo(sketch._now);
        bytes[(sizeof(int) + Registers)..].CopyTo(sketch._before);
        return sketch;
    }

    private static int PeriodOf(int day) => (int)Math.Floor((double)day / DaysOfPeriod);

    private void AdvanceTo(int period)
    {
        if (period <= _period) return;
        if (period == (long)_period + 1) _now.CopyTo(_before, 0);
        else Array.Clear(_before);
        Array.Clear(_now);
        _period = period;
    }

    private static void Raise(byte[] registers, byte[] others)
    {
        for (var i = 0; i < Registers; i++) registers[i] = Math.Max(registers[i], others[i]);
    }
}
