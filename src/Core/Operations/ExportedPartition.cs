using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;

namespace Changeling.Operations;

/// <summary>One partition in an exported file, without its rows.</summary>
/// <param name="Partition">The event partition that was counted from.</param>
/// <param name="Watermark">Its watermark when the export of its rows began.</param>
/// <param name="Rows">Its rows in the file.</param>
/// <param name="HasMoved">Whether the watermark changed while the rows were read, so that they are not from one point in time.</param>
public sealed record ExportedPartition(EventPartition Partition, Watermark Watermark, long Rows, bool HasMoved)
{
    /// <summary>A position before every position of a hub.</summary>
    private static readonly Position BeforeTheFirst = new(0, -1, 0);

    /// <summary>A time after any clock. While it is the start of the learning period, findings are notes.</summary>
    private static readonly DateTimeOffset NotYet = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The watermark that an empty partition starts with. The partition stays in its learning period until the import is complete.
    /// </summary>
    internal Watermark BeforeAll(bool takesPosition) => takesPosition
        ? Watermark with { LearningSince = NotYet, Surprises = "", Hosts = "" }
        : new Watermark(BeforeTheFirst, Watermark.HighestEnqueuedTime, NotYet);

    /// <summary>The watermark that ends the import. It takes over the start of the learning period from the exported one.</summary>
    internal Watermark After(Watermark before)
    {
        var surprises = SurpriseHistogram.Parse(before.Surprises);
        surprises.Add(SurpriseHistogram.Parse(Watermark.Surprises));
        var hosts = HostSketch.Parse(before.Hosts);
        hosts.Add(HostSketch.Parse(Watermark.Hosts));
        return before with
        {
            LearningSince = Watermark.LearningSince < before.LearningSince ? Watermark.LearningSince : before.LearningSince,
            Surprises = surprises.ToText(),
            Hosts = hosts.ToText(),
        };
    }
}
