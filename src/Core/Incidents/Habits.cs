using System.Buffers.Binary;
using System.Globalization;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>
/// On how many days this fleet has shown each step: what it does every night is no sign of an attack. A step is counted once a day,
/// whatever host or account it is on. Kept in a few rows, so that the cost does not grow with the fleet.
/// </summary>
internal sealed class Habits
{
    /// <summary>Days after which a step that was not seen again is forgotten.</summary>
    public const int KeptDays = 30;

    private const int Shards = 16;
    private const int EntryBytes = 8 + 4 + 1;

    /// <summary>Maximum number of steps in a row; then those seen longest ago are forgotten.</summary>
    private const int MaxInShard = MaxRowBytes / EntryBytes;

    /// <summary>Maximum size of a row in bytes.</summary>
    public const int MaxRowBytes = 60 * 1024;

    private readonly Dictionary<ulong, (int Day, byte Days)>[] _shards =
        [.. Enumerable.Range(0, Shards).Select(_ => new Dictionary<ulong, (int, byte)>())];
    private readonly HashSet<int> _changed = [];

    /// <summary>Number of steps.</summary>
    public int Count => _shards.Sum(s => s.Count);

    /// <summary>Whether a row changed since the last call of <see cref="Changed"/>.</summary>
    public int ChangedRows => _changed.Count;

    /// <summary>The habits in the rows of a store.</summary>
    public static Habits Of(IEnumerable<IncidentRow> rows)
    {
        var habits = new Habits();
        foreach (var row in rows)
        {
            var body = row.Body.Span;
            for (var at = 0; at + EntryBytes <= body.Length; at += EntryBytes)
            {
                var entry = body[at..];
                var name = BinaryPrimitives.ReadUInt64LittleEndian(entry);
                habits._shards[ShardOf(name)][name] = (BinaryPrimitives.ReadInt32LittleEndian(entry[8..]), entry[12]);
            }
        }

        return habits;
    }

    /// <summary>Notes a step.</summary>
    /// <param name="step">Its name.</param>
    /// <param name="time">When it was seen, UTC.</param>
    /// <returns>On how many earlier days it was seen, at most 255.</returns>
    public int Note(string step, DateTimeOffset time)
    {
        var name = ulong.Parse(step, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var day = new PartitionClock(time).Day;
        var shard = _shards[ShardOf(name)];
        if (!shard.TryGetValue(name, out var known)) known = (day, 0);
        if (known.Day >= day && known.Days > 0) return known.Days - 1;

        shard[name] = (day, (byte)Math.Min(known.Days + 1, byte.MaxValue));
        _changed.Add(ShardOf(name));
        if (shard.Count > MaxInShard) Shorten(shard);
        return known.Days;
    }

    /// <summary>The rows that changed since the last call, without what is forgotten.</summary>
    public IReadOnlyList<IncidentRow> Changed(DateTimeOffset clock)
    {
        var rows = _changed.Order().Select(number => Row(number, new PartitionClock(clock).Day - KeptDays)).ToList();
        _changed.Clear();
        return rows;
    }

    private IncidentRow Row(int number, int since)
    {
        var shard = _shards[number];
        foreach (var old in shard.Where(s => s.Value.Day < since).Select(s => s.Key).ToList()) shard.Remove(old);
        var body = new byte[shard.Count * EntryBytes];
        var at = 0;
        foreach (var (name, (day, days)) in shard.OrderBy(s => s.Key))
        {
            var entry = body.AsSpan(at);
            BinaryPrimitives.WriteUInt64LittleEndian(entry, name);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], day);
            entry[12] = days;
            at += EntryBytes;
        }

        return new(IncidentRowKind.Habits, number.ToString("d2", CultureInfo.InvariantCulture), body);
    }

    private static void Shorten(Dictionary<ulong, (int Day, byte Days)> shard)
    {
        foreach (var (name, _) in shard.OrderBy(s => s.Value.Day).ThenBy(s => s.Key).Take(shard.Count / 10).ToList()) shard.Remove(name);
    }

    private static int ShardOf(ulong name) => (int)(name % Shards);
}
