using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Rarity;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline top</c>: the parents with most launches and most children, and the rarest recent lineages.</summary>
internal static class TopCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var most = NumberOption.Create("--most", "Maximum number of lines in each list.", 10);
        var days =
            NumberOption.Create("--days", "Maximum age of a recent lineage, in days from first launch to newest partition clock.", 7);
        var halfLife = NumberOption.Create("--half-life-days", "Baseline:HalfLifeDays of the app.", 30);
        return new Command(
            "top",
            "Show the parents with most launches and most children, and the rarest recent lineages. Reads all rows.")
            {
                most,
                days,
                halfLife,
            }
            .With(account, async (parsed, open, cancellation) =>
            {
                var partitions = await open.PartitionsAsync(cancellation);
                var (clock, surprises) = (DateTimeOffset.MinValue, new SurpriseHistogram());
                foreach (var partition in partitions)
                {
                    if (await open.Table.ReadWatermarkAsync(partition, cancellation) is not var (watermark, _)) continue;
                    if (watermark.HighestEnqueuedTime > clock) clock = watermark.HighestEnqueuedTime;
                    surprises.Add(SurpriseHistogram.Parse(watermark.Surprises));
                }

                var lists = new TopLists(
                    Math.Clamp(parsed.GetValue(most), 1, 1000),
                    new PartitionClock(clock).Day,
                    clock.AddDays(-parsed.GetValue(days)),
                    HalfLife.Of(parsed.GetValue(halfLife)),
                    surprises);
                await RowProgress.RunAsync(console, "read", 0, async progress =>
                {
                    var read = 0L;
                    await foreach (var (parent, rows) in open.Rows.ParentsAsync(partitions, cancellation))
                    {
                        lists.Take(parent, rows);
                        progress.Report(read += rows.Count);
                    }

                    return read;
                });
                lists.Write(console);
                return Verb.Success;
            });
    }

    /// <summary>The first lines of a list by rank, with a maximum number of lines for a table of any size.</summary>
    private sealed class TopLists(int most, int day, DateTimeOffset recent, HalfLife halfLife, SurpriseHistogram surprises)
    {
        private readonly PriorityQueue<string[], double> _busy = new();
        private readonly PriorityQueue<string[], double> _varied = new();
        private readonly PriorityQueue<string[], double> _rare = new();
        private readonly Prior _prior = InstalledFiles.Prior(null);

        public void Take(string parent, IReadOnlyList<CountRow> rows)
        {
            var sum = new RowSum(halfLife);
            foreach (var row in rows) sum.Add(row);
            var history = new ParentHistory(parent, sum.Rows, halfLife);
            history.AdvanceTo(day);
            var counts = history.Counts;
            Keep(_busy, counts.Launches, parent, $"{counts.Launches:N1}", $"{counts.DistinctChildren:N0}");
            Keep(_varied, counts.DistinctChildren, parent, $"{counts.DistinctChildren:N0}", $"{counts.Launches:N1}");

            var calibration = new MeasuredCalibration(_prior.Calibration, surprises, new SurpriseHistogram());
            foreach (var child in history.Children.Where(c => c.FirstSeen >= recent))
            {
                var rarity = RarityEstimator.Rate(
                    history, FleetParent.None, ParentClassifier.Classify(parent, null), child.Name!, _prior, calibration);
                Keep(
                    _rare,
                    rarity.Surprise,
                    $"{parent} > {child.Name}",
                    $"{rarity.Score:0.0}",
                    $"{child.Count.Launches:N1} of {counts.Launches:N1}",
                    $"{child.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm}");
            }
        }

        public void Write(CliConsole console)
        {
            Write(console, _busy, "parents that launch most", "parent", "launches", "children");
            Write(console, _varied, "parents with most children", "parent", "children", "launches");
            Write(console, _rare, "rarest recent lineages", "lineage", "rarity of the next", "launches", "first seen (UTC)");
        }

        private void Keep(PriorityQueue<string[], double> list, double rank, params string[] line)
        {
            list.Enqueue(line, rank);
            if (list.Count > most) list.Dequeue();
        }

        private static void Write(CliConsole console, PriorityQueue<string[], double> list, string title, params string[] columns)
        {
            var lines = new List<string[]>();
            while (list.TryDequeue(out var line, out _)) lines.Add(line);
            var table = new Table().Border(TableBorder.Rounded).Title(title).AddColumns(columns);
            foreach (var line in Enumerable.Reverse(lines)) table.AddRow(line.Select(cell => new Text(Printable.Of(cell))));
            console.Out.Write(table);
        }
    }
}
