namespace Changeling.RecordedFiles;

/// <summary>The checksum of RFC 1952, which event logs and zip archives use.</summary>
internal struct Crc32()
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    private uint _sum = uint.MaxValue;

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Sum => ~_sum;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var (sum, table) = (_sum, Table);
        foreach (var unit in bytes) sum = table[(byte)(sum ^ unit)] ^ (sum >> 8);
        _sum = sum;
    }

    private static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : Polynomial ^ (entry >> 1);
        return entry;
    }
}
