using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;

namespace Changeling.Operations;

/// <summary>One partition in an exported file, without its rows.</summary>
/// <param name="Partition">The event partition that was counted from.</param>
/// <param name="Watermark">Its watermark when the export of its rows began.</param>
/// <param name="Rows">Its rows in the file.</param>
/// <param name="HasMoved">Whether the watermark was another one when they had been read: then the rows are of several moments.</param>
public sealed record ExportedPartition(EventPartition Partition, Watermark Watermark, long Rows, bool HasMoved)
{
    /// <summary>Lies before every position of a hub.</summary>
    private static readonly Position BeforeTheFirst = new(0, -1, 0);

    /// <summary>Later than any clock: as long as learning begins there, findings are notes.</summary>
    private static readonly DateTimeOffset NotYet = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The watermark that an empty partition starts with. It learns until the import is done, however long that takes.</summary>
    internal Watermark BeforeAll(bool takesPosition) => takesPosition
        ? Watermark with { LearningSince = NotYet, Surprises = "" }
        : new Watermark(BeforeTheFirst, Watermark.HighestEnqueuedTime, NotYet);

    /// <summary>The watermark that ends the import: what was learnt there is learnt here.</summary>
    internal Watermark After(Watermark before)
    {
        var surprises = SurpriseHistogram.Parse(before.Surprises);
        surprises.Add(SurpriseHistogram.Parse(Watermark.Surprises));
        return before with
        {
            LearningSince = Watermark.LearningSince < before.LearningSince ? Watermark.LearningSince : before.LearningSince,
            Surprises = surprises.ToText(),
        };
    }
}
