using System.Text.Json;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Rarity;

namespace Changeling.Cli.Baseline;

/// <summary>The counts of a parent in all event partitions, and how reliable its history is in each of them.</summary>
/// <param name="Name">Folded name of the parent.</param>
/// <param name="Class">Its class, determined from its name.</param>
/// <param name="Counts">Its launches.</param>
/// <param name="Children">Each child with the rarity that its next launch would have; most launched first.</param>
/// <param name="Partitions">Event partitions of the baseline.</param>
/// <param name="Histories">Number of partitions by reliability of the history; partitions without events are left out.</param>
internal sealed record ShownParent(
    string Name,
    ParentClass Class,
    ParentCounts Counts,
    IReadOnlyList<(CountRow Row, double Rarity)> Children,
    int Partitions,
    IReadOnlyDictionary<HistoryConfidence, int> Histories)
{
    /// <summary>"settled", or "learning in 1, settled in 3 of 4 event partitions".</summary>
    public string HistoryText => Histories.Count == 1
        ? Word(Histories.Keys.Single())
        : $"{string.Join(", ", Histories.Select(h => $"{Word(h.Key)} in {h.Value}"))} of {Histories.Values.Sum()} event partitions";

    /// <summary>Reads it from the table. The rarity is the one of the fleet's counts, the calibration that of all partitions.</summary>
    public static async Task<ShownParent> ReadAsync(
        string name, OpenBaseline open, ShowOptions options, CancellationToken cancellationToken)
    {
        var parent = LineageName.Fold(name.ToLowerInvariant());
        var (sum, surprises, partitions, watermarks) =
            (new RowSum(options.HalfLife), new SurpriseHistogram(), await open.PartitionsAsync(cancellationToken), new List<Watermark>());
        foreach (var partition in partitions)
        {
            if (await open.Table.ReadWatermarkAsync(partition, cancellationToken) is not var (watermark, _)) continue;
            watermarks.Add(watermark);
            surprises.Add(SurpriseHistogram.Parse(watermark.Surprises));
            foreach (var row in await open.Table.ReadLaunchesAsync(partition, parent, cancellationToken)) sum.Add(row);
        }

        var history = new ParentHistory(parent, sum.Rows, options.HalfLife);
        history.AdvanceTo(watermarks.Select(w => new PartitionClock(w.HighestEnqueuedTime).Day).DefaultIfEmpty().Max());
        var (prior, parentClass) = (InstalledFiles.Prior(null), ParentClassifier.Classify(parent, null));
        var calibration = new MeasuredCalibration(prior.Calibration, surprises, new SurpriseHistogram());
        RarityRating Rate(string child) => RarityEstimator.Rate(history, FleetParent.None, parentClass, child, prior, calibration);

        var histories = watermarks.CountBy(
            w => HistoryConfidences.Of(history.Counts, new PartitionClock(w.HighestEnqueuedTime), w.LearningSince, options.LearningTime));
        var children = history.Children.OrderByDescending(c => c.Count.Units)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => (c, Rate(c.Name!).Score));
        return new ShownParent(
            parent,
            parentClass,
            history.Counts,
            [.. children],
            partitions.Count,
            new SortedDictionary<HistoryConfidence, int>(histories.ToDictionary()))
        {
            SharedLaunches = history.Shared.Launches,
        };
    }

    /// <summary>Launches of children without a row of their own.</summary>
    public required double SharedLaunches { get; init; }

    /// <summary>Writes the properties of the JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("parent", Name);
        json.WriteNumber("launches", Math.Round(Counts.Launches, 3));
        json.WriteNumber("distinct_children", Counts.DistinctChildren);
        json.WriteNumber("shared_row_launches", Math.Round(SharedLaunches, 3));
        json.WriteNumber("partitions", Partitions);
        json.WriteStartObject("history");
        foreach (var (confidence, count) in Histories) json.WriteNumber(Word(confidence), count);
        json.WriteEndObject();
        json.WriteStartArray("children");
        foreach (var (row, rarity) in Children)
        {
            json.WriteStartObject();
            json.WriteString("child", row.Name);
            json.WriteNumber("launches", Math.Round(row.Count.Launches, 3));
            json.WriteNumber("share", Math.Round(row.Count.Launches / Counts.Launches, 6));
            json.WriteString("first_seen", row.FirstSeen.UtcDateTime);
            json.WriteString("last_seen", row.LastSeen.UtcDateTime);
            json.WriteNumber("rarity", Math.Round(rarity, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Word(HistoryConfidence confidence) => confidence switch
    {
        HistoryConfidence.Learning => "learning",
        HistoryConfidence.Thin => "thin",
        _ => "settled",
    };
}

/// <summary>The settings of the app that the output depends on.</summary>
/// <param name="HalfLife"><c>Baseline:HalfLifeDays</c>.</param>
/// <param name="LearningTime"><c>Detections:EmitAfter</c>.</param>
/// <param name="AsJson">Whether to write JSON.</param>
internal sealed record ShowOptions(HalfLife HalfLife, TimeSpan LearningTime, bool AsJson);
