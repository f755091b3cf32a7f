using System.Buffers.Binary;

namespace Changeling.Counts;

/// <summary>
/// Which hosts launched a lineage on the row's clock day, and how many of their launches counted: so that one host cannot make a child
/// usual by starting it ten thousand times. From <see cref="ManyHosts"/> hosts a day on, the lineage is usual in the fleet and every launch
/// counts. At most 24 bytes of the row; forgotten when the clock day advances. Immutable, equal by content.
/// </summary>
public sealed class DayHosts : IEquatable<DayHosts>
{
    /// <summary>If at least this many hosts launched the lineage on a day, all launches of that day count.</summary>
    public const int ManyHosts = 4;

    private const int EntryBytes = 6;

    private readonly (uint Host, ushort Counted)[] _hosts;

    private DayHosts((uint Host, ushort Counted)[] hosts) => _hosts = hosts;

    /// <summary>No host yet.</summary>
    public static DayHosts None { get; } = new([]);

    /// <summary>Whether there is anything to store.</summary>
    public bool IsEmpty => _hosts.Length == 0;

    /// <summary>Adds a launch.</summary>
    /// <param name="host">The endpoint's name, lower case.</param>
    /// <param name="most">Launches a host and day that count; 1–65,535.</param>
    /// <returns>The hosts after the launch, and whether the launch counts.</returns>
    public (DayHosts After, bool Counts) Take(string host, int most)
    {
        if (_hosts.Length >= ManyHosts) return (this, true);

        var key = KeyOf(host);
        var index = Array.FindIndex(_hosts, h => h.Host == key);
        if (index < 0) return (new([.. _hosts, (key, 1)]), true);
        if (_hosts[index].Counted >= most) return (this, false);

        var after = ((uint Host, ushort Counted)[])_hosts.Clone();
        after[index].Counted++;
        return (new(after), true);
    }

    /// <summary>As stored: six bytes a host.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_hosts.Length * EntryBytes];
        foreach (var (i, (host, counted)) in _hosts.Index())
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * EntryBytes), host);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((i * EntryBytes) + 4), counted);
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static DayHosts FromBytes(ReadOnlySpan<byte> bytes)
    {
        var hosts = new (uint, ushort)[bytes.Length / EntryBytes];
        for (var i = 0; i < hosts.Length; i++)
        {
            var entry = bytes.Slice(i * EntryBytes, EntryBytes);
            hosts[i] = (BinaryPrimitives.ReadUInt32LittleEndian(entry), BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]));
        }

        return hosts.Length == 0 ? None : new(hosts);
    }

    /// <inheritdoc/>
    public bool Equals(DayHosts? other) => other is not null && _hosts.AsSpan().SequenceEqual(other._hosts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DayHosts);

    /// <inheritdoc/>
    public override int GetHashCode() => _hosts.Length == 0 ? 0 : HashCode.Combine(_hosts.Length, _hosts[0]);

    /// <summary>FNV-1a. The hash is stored, so it must never change. Two hosts with the same hash share one daily limit.</summary>
    private static uint KeyOf(string host)
    {
        var key = 2166136261u;
        foreach (var unit in host) key = unchecked((key ^ unit) * 16777619u);
        return key;
    }
}
