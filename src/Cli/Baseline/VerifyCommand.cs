using System.CommandLine;
using Changeling.Cli.Demo;
using Changeling.Cli.Models;
using Changeling.Cli.Running;
using Changeling.Counts;
using Changeling.HubStandIn;
using Changeling.Operations;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline verify FILE…</c>: counts the launches of files again and compares the table with the result.</summary>
internal static class VerifyCommand
{
    private const int MaxShown = 50;

    public static Command Create(CliConsole console, StorageAccount account)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The telemetry that was counted, in the order it was sent.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var partitions = NumberOption.Create("--partitions", "Event partitions that 'replay' sent it to.", 4);
        var halfLife = NumberOption.Create(
            "--half-life-days", "Baseline:HalfLifeDays of the app; 0 for what 'replay' and 'demo --input' counted.", 30);
        var perHost = NumberOption.Create(
            "--launches-per-host", "Baseline:LaunchesPerHostAndDay of the app; 0 for what 'replay' and 'demo --input' counted.", 3);
        return new Command(
            "verify",
            "Count the launches of files again and compare with the table: exit code 0 if equal.") { files, partitions, halfLife, perHost }
            .With(account, async (parsed, open, cancellation) =>
            {
                var telemetry = await RecordedTelemetry.ReadAsync(parsed.GetRequiredValue(files), console, cancellation);
                var hub = new HubDefinition(LocalApp.TelemetryHub, Math.Clamp(parsed.GetValue(partitions), 1, 32));
                var (days, most) = (parsed.GetValue(halfLife), parsed.GetValue(perHost));
                var plain = telemetry.By(hub).ToDictionary(p => p.Key, p => Recount(p.Value, days, most), StringComparer.Ordinal);

                // Without decay and limit by host, a sum does not depend on the partition of a launch.
                var isSum = days == 0 && most == 0;
                var expected = plain.SelectMany(p => p.Value.Rows().Select(r => (Key: (isSum ? "*" : p.Key, r.Parent, r.Child), r.Units)))
                    .GroupBy(r => r.Key).ToDictionary(g => g.Key, g => g.Sum(r => r.Units));
                var stored = await ReadAsync(open, plain, isSum, days, cancellation);
                return Compare(console, expected, stored, isSum, open.Name);
            });
    }

    private static PlainCount Recount(IReadOnlyList<Changeling.Events.TelemetryMessage> messages, int days, int most)
    {
        var count = new PlainCount(days, most);
        foreach (var message in messages) count.Take(message);
        return count;
    }

    private static async Task<Dictionary<(string Partition, string Parent, string? Child), long>> ReadAsync(
        OpenBaseline open, Dictionary<string, PlainCount> plain, bool isSum, int days, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<(string Partition, string Parent, string? Child), long>();
        foreach (var partition in await open.PartitionsAsync(cancellationToken))
        {
            var watermark = (await open.Table.ReadWatermarkAsync(partition, cancellationToken))?.Watermark;
            if (watermark is null) continue;
            var recount = plain.GetValueOrDefault(partition.Source.Id);
            if (!isSum && recount?.Last != (watermark.Position.SequenceNumber, watermark.Position.RecordIndex))
            {
                throw new CliException(
                    $"{partition} stands at {watermark.Position.SequenceNumber}-{watermark.Position.RecordIndex}, the files end at {(recount is null ? "nothing" : $"{recount.Last.SequenceNumber}-{recount.Last.RecordIndex}")} there: " +
                    "with decay and allowances a recount must know each message's partition, which files tell only of what 'replay' sent with as many --partitions.");
            }

            var counter = recount ?? new PlainCount(days, 0);
            var day = new PartitionClock(watermark.HighestEnqueuedTime).Day;
            await foreach (var entry in open.Rows.LaunchesAsync(partition, cancellationToken))
            {
                var units = counter.Faded(entry.Row.Count.Units, day - entry.Row.Day);
                var key = (isSum ? "*" : partition.Source.Id, entry.Parent, entry.Row.Name);
                if (PlainCount.Counts(units)) stored[key] = stored.GetValueOrDefault(key) + units;
            }
        }

        return stored;
    }

    private static int Compare(
        CliConsole console, Dictionary<(string Partition, string Parent, string? Child), long> expected,
        Dictionary<(string Partition, string Parent, string? Child), long> stored, bool isSum, string name)
    {
        var differences = expected.Keys.Union(stored.Keys)
            .Where(k => expected.GetValueOrDefault(k) != stored.GetValueOrDefault(k))
            .Order()
            .ToList();
        if (differences.Count == 0)
        {
            console.Out.WriteLine(
                $"baseline {name} equals a plain count of the files: {stored.Values.Sum() / 1048576.0:N1} launches in {stored.Count:N0} {(isSum ? "lineages" : "rows")}");
            return Verb.Success;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("partition", "parent", "child", "plain count", "table");
        foreach (var key in differences.Take(MaxShown))
        {
            table.AddRow(
                new Text(key.Partition),
                new Text(Printable.Of(key.Parent)),
                new Text(Printable.Of(key.Child ?? "(further names)")),
                new Text($"{expected.GetValueOrDefault(key) / 1048576.0:N6}"),
                new Text($"{stored.GetValueOrDefault(key) / 1048576.0:N6}"));
        }

        console.Out.Write(table);
        console.Error.WriteLine(
            $"changeling: baseline {name} differs from a plain count of the files in {differences.Count:N0} of {expected.Keys.Union(stored.Keys).Count():N0} rows.");
        return Verb.Failure;
    }
}
