using System.CommandLine;
using System.Text.Json;
using Changeling.Baseline;
using Changeling.Baseline.Operations;
using Changeling.Cli.Models;
using Changeling.Fleet;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline show PARENT | --host H | --user U</c>: what the fleet has counted.</summary>
internal static class ShowCommand
{
    private const int MostShown = 50;

    public static Command Create(StorageAccount account)
    {
        var parent = new Argument<string?>("PARENT") { Description = "File name of the parent, for instance winword.exe.", Arity = ArgumentArity.ZeroOrOne };
        var host = new Option<string?>("--host") { Description = "Children predicted malicious that were seen on this host.", HelpName = "HOST" };
        var user = new Option<string?>("--user") { Description = "Children predicted malicious that were seen for this user.", HelpName = "USER" };
        var halfLife = NumberOption.Create("--half-life-days", "Baseline:HalfLifeDays of the app.", 30);
        var json = new Option<bool>("--json") { Description = "One JSON object instead of a table." };
        return new Command("show", "Show the counts of a parent over all event partitions, or what is known of a host or user.") { parent, host, user, halfLife, json }
            .With(account, async (parsed, open, cancellation) =>
            {
                var (name, onHost, ofUser) = (parsed.GetValue(parent), parsed.GetValue(host), parsed.GetValue(user));
                if (new[] { name, onHost, ofUser }.Count(t => t is not null) != 1) throw new CliException("name one of PARENT, --host and --user.");
                if (name is not null) return await ShowParentAsync(name, open, HalfLife.Of(parsed.GetValue(halfLife)), parsed.GetValue(json), cancellation);
                return await ShowSightingsAsync(onHost is null ? SightingKind.User : SightingKind.Host, onHost ?? ofUser!, open, parsed.GetValue(json), cancellation);
            });
    }

    private static async Task<int> ShowParentAsync(string name, OpenBaseline open, HalfLife halfLife, bool asJson, CancellationToken cancellationToken)
    {
        var parent = LineageName.Fold(name.ToLowerInvariant());
        var (sum, surprises, day, partitions) = (new RowSum(halfLife), new SurpriseHistogram(), 0, await open.PartitionsAsync(cancellationToken));
        foreach (var partition in partitions)
        {
            if (await open.Table.ReadWatermarkAsync(partition, cancellationToken) is not var (watermark, _)) continue;
            day = Math.Max(day, new PartitionClock(watermark.HighestEnqueuedTime).Day);
            surprises.Add(SurpriseHistogram.Parse(watermark.Surprises));
            foreach (var row in await open.Table.ReadLaunchesAsync(partition, parent, cancellationToken)) sum.Add(row);
        }

        var history = new ParentHistory(parent, sum.Rows, halfLife);
        history.AdvanceTo(day);
        var (counts, prior, parentClass) = (history.Counts, InstalledFiles.Prior(null), ParentClassifier.Classify(parent, null));
        var calibration = new MeasuredCalibration(prior.Calibration, surprises, new SurpriseHistogram());
        var children = history.Children.OrderByDescending(c => c.Count.Units).ThenBy(c => c.Child, StringComparer.Ordinal)
            .Select(c => (Row: c, Rarity: RarityEstimator.Rate(history, FleetParent.None, parentClass, c.Child!, prior, calibration).Score)).ToList();
        if (asJson)
        {
            WriteJson(json =>
            {
                json.WriteString("parent", parent);
                json.WriteNumber("launches", Math.Round(counts.Launches, 3));
                json.WriteNumber("distinct_children", counts.DistinctChildren);
                json.WriteNumber("shared_row_launches", Math.Round(history.Shared.Launches, 3));
                json.WriteNumber("partitions", partitions.Count);
                json.WriteStartArray("children");
                foreach (var (row, rarity) in children)
                {
                    json.WriteStartObject();
                    json.WriteString("child", row.Child);
                    json.WriteNumber("launches", Math.Round(row.Count.Launches, 3));
                    json.WriteNumber("share", Math.Round(row.Count.Launches / counts.Launches, 6));
                    json.WriteString("first_seen", row.FirstSeen.UtcDateTime);
                    json.WriteString("last_seen", row.LastSeen.UtcDateTime);
                    json.WriteNumber("rarity", Math.Round(rarity, 1));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
            return Verb.Success;
        }

        Terminal.Out.WriteLine($"{Printable.Of(parent)}, class {parentClass}: {counts.Launches:N1} launches, {counts.DistinctChildren:N0} distinct children, {partitions.Count} event partitions");
        if (children.Count == 0) return Verb.Success;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("child", "launches", "share", "first seen (UTC)", "last seen (UTC)", "rarity of the next");
        foreach (var (row, rarity) in children.Take(MostShown))
        {
            table.AddRow(
                new Text(Printable.Of(row.Child!)),
                new Text($"{row.Count.Launches:N1}"),
                new Text($"{row.Count.Launches / counts.Launches:P2}"),
                new Text($"{row.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm}"),
                new Text($"{row.LastSeen.UtcDateTime:yyyy-MM-dd HH:mm}"),
                new Text($"{rarity:0.0}"));
        }

        Terminal.Out.Write(table);
        if (children.Count > MostShown) Terminal.Out.WriteLine($"… and {children.Count - MostShown:N0} more; --json shows all");
        return Verb.Success;
    }

    private static async Task<int> ShowSightingsAsync(SightingKind kind, string name, OpenBaseline open, bool asJson, CancellationToken cancellationToken)
    {
        var found = new List<Sighting>();
        foreach (var partition in await open.PartitionsAsync(cancellationToken))
        {
            await foreach (var sighting in open.Rows.SightingsAsync(partition, kind, cancellationToken))
            {
                if (string.Equals(sighting.Name, name, StringComparison.OrdinalIgnoreCase)) found.Add(sighting);
            }
        }

        if (asJson)
        {
            WriteJson(json =>
            {
                json.WriteString(kind == SightingKind.Host ? "host" : "user", name);
                json.WriteStartArray("children");
                foreach (var child in found.Select(s => s.Child).Distinct(StringComparer.Ordinal)) json.WriteStringValue(child);
                json.WriteEndArray();
            });
        }
        else if (found.Count == 0)
        {
            Terminal.Out.WriteLine($"no child predicted malicious is noted for {Printable.Of(name)} (rows '{(kind == SightingKind.Host ? "host" : "user")}|…').");
        }

        if (asJson || found.Count == 0) return Verb.Success;
        foreach (var s in found) Terminal.Out.WriteLine($"{Printable.Of(s.Child)}{(s.Count is { } c ? $", {c.Launches:N1} times" : "")}{(s.LastSeen is { } last ? $", last {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")}");
        return Verb.Success;
    }

    private static void WriteJson(Action<Utf8JsonWriter> content)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
