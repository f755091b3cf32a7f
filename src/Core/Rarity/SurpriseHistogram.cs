using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>
/// A histogram of the surprise of an event partition's launches since its learning period ended: decayed counts in bins. The counts use the
/// same fixed point as all others, so any division into batches gives the same integers. Stored as text in the watermark row.
/// </summary>
public sealed class SurpriseHistogram
{
    /// <summary>
    /// Days of partition clock in which the counts halve: long enough for weekends, short enough for a fleet that settles.
    /// </summary>
    private const int HalfLifeDays = 7;

    /// <summary>Number of bins for each power of ten.</summary>
    private const int BinsPerUnit = 20;

    private const int Lowest = -8 * BinsPerUnit;
    private const int Bins = 16 * BinsPerUnit;

    private static readonly HalfLife Decay = new(HalfLifeDays);

    private readonly long[] _units = new long[Bins];
    private long _total;
    private int _day = int.MinValue;

    /// <summary>Launches counted, decayed.</summary>
    public double Total => new LaunchCount(_total).Launches;

    /// <summary>Launches that were at least as surprising, decayed; those of the surprise's own bin included.</summary>
    /// <param name="surprise">As <c>Rarity.Surprise</c>.</param>
    public double AtLeast(double surprise) => new LaunchCount(Sum(_units.AsSpan(Bin(surprise)))).Launches;

    /// <summary>Counts one launch.</summary>
    /// <param name="surprise">As <c>Rarity.Surprise</c>.</param>
    /// <param name="day">The clock day of the event; days that have passed already change nothing.</param>
    public void Count(double surprise, int day)
    {
        AdvanceTo(day);
        _units[Bin(surprise)] += LaunchCount.One.Units;
        _total += LaunchCount.One.Units;
    }

    /// <summary>Adds another partition's histogram, decayed to this one's day.</summary>
    public void Add(SurpriseHistogram other)
    {
        if (other._day == int.MinValue) return;
        AdvanceTo(other._day);
        for (var bin = 0; bin < Bins; bin++) _units[bin] += Decay.Decay(new LaunchCount(other._units[bin]), _day - other._day).Units;
        _total = Sum(_units);
    }

    /// <summary>The histogram as short text: base64url of the day and of each bin that is not empty, as variable-length numbers.</summary>
    public string ToText()
    {
        if (_day == int.MinValue) return "";
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(_day);
        var last = -1;
        for (var bin = 0; bin < Bins; bin++)
        {
            if (_units[bin] == 0) continue;
            writer.Write7BitEncodedInt(bin - last);
            writer.Write7BitEncodedInt64(_units[bin]);
            last = bin;
        }

        writer.Flush();
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a histogram.</exception>
    public static SurpriseHistogram Parse(string text)
    {
        var histogram = new SurpriseHistogram();
        if (text.Length == 0) return histogram;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(Base64Url.DecodeFromChars(text)));
            histogram._day = reader.Read7BitEncodedInt();
            for (var bin = -1; reader.BaseStream.Position < reader.BaseStream.Length;)
            {
                bin += reader.Read7BitEncodedInt();
                histogram._units[bin] = reader.Read7BitEncodedInt64();
            }

            histogram._total = Sum(histogram._units);
            return histogram;
        }
        catch (Exception exception) when (exception is EndOfStreamException or IndexOutOfRangeException)
        {
            throw new FormatException($"the surprise histogram ends or counts where it cannot: '{text}'", exception);
        }
    }

    private static int Bin(double surprise) => Math.Clamp((int)Math.Floor(surprise * BinsPerUnit) - Lowest, 0, Bins - 1);

    private void AdvanceTo(int day)
    {
        if (day <= _day) return;
        if (_day != int.MinValue)
        {
            for (var bin = 0; bin < Bins; bin++) _units[bin] = Decay.Decay(new LaunchCount(_units[bin]), day - _day).Units;
            _total = Sum(_units);
        }

        _day = day;
    }

    private static long Sum(ReadOnlySpan<long> units)
    {
        var whole = MemoryMarshal.Cast<long, Vector<long>>(units);
        var sums = Vector<long>.Zero;
        foreach (var some in whole) sums += some;
        var sum = Vector.Sum(sums);
        foreach (var rest in units[(whole.Length * Vector<long>.Count)..]) sum += rest;
        return sum;
    }
}
