using System.CommandLine;
using System.Text.Json;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Storing;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline show PARENT | --host H | --user U</c>: what the fleet has counted.</summary>
internal static class ShowCommand
{
    private const int MaxShown = 50;

    public static Command Create(CliConsole console, StorageAccount account)
    {
        var parent = new Argument<string?>("PARENT")
        {
            Description = "File name of the parent, for example winword.exe.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var host = new Option<string?>("--host")
        {
            Description = "Children classified as malicious on this host; the beginning of its name is enough, if no other begins so.",
            HelpName = "HOST",
        };
        var user = new Option<string?>("--user") { Description = "Children classified as malicious for this user.", HelpName = "USER" };
        var halfLife = NumberOption.Create("--half-life-days", "Baseline:HalfLifeDays of the app.", 30);
        var emitAfter =
            NumberOption.Create("--emit-after", "Hours that partitions and parents learn (Detections:EmitAfter of the app).", 24);
        var json = new Option<bool>("--json") { Description = "One JSON object instead of a table." };
        return new Command(
            "show",
            "Show the counts of a parent over all event partitions, or what is known of a host or user.")
            {
                parent,
                host,
                user,
                halfLife,
                emitAfter,
                json,
            }
            .With(account, async (parsed, open, cancellation) =>
            {
                var (name, onHost, ofUser) = (parsed.GetValue(parent), parsed.GetValue(host), parsed.GetValue(user));
                if (new[] { name, onHost, ofUser }.Count(t => t is not null) != 1)
                    throw new CliException("pass exactly one of PARENT, --host and --user.");
                var learning = TimeSpan.FromHours(parsed.GetValue(emitAfter));
                if (learning < TimeSpan.Zero) throw new CliException("--emit-after takes hours, 0 or more.");
                if (name is not null)
                    return await ShowParentAsync(
                        console, name, open, new(HalfLife.Of(parsed.GetValue(halfLife)), learning, parsed.GetValue(json)), cancellation);
                return await ShowOccurrencesAsync(
                    console,
                    onHost is null ? OccurrenceKind.User : OccurrenceKind.Host,
                    onHost ?? ofUser!,
                    open,
                    parsed.GetValue(json),
                    cancellation);
            });
    }

    private static async Task<int> ShowParentAsync(
        CliConsole console, string name, OpenBaseline open, ShowOptions options, CancellationToken cancellationToken)
    {
        var parent = await ShownParent.ReadAsync(name, open, options, cancellationToken);
        if (options.AsJson)
        {
            WriteJson(console, parent.WriteTo);
            return Verb.Success;
        }

        console.Out.WriteLine(
            $"{Printable.Of(parent.Name)}, class {parent.Class}: {parent.Counts.Launches:N1} launches, {parent.Counts.DistinctChildren:N0} distinct children, {parent.Partitions} event partitions");
        if (parent.Histories.Count > 0) console.Out.WriteLine($"history {parent.HistoryText}");
        if (parent.Children.Count == 0) return Verb.Success;
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("child", "launches", "share", "first seen (UTC)", "last seen (UTC)", "rarity of the next");
        foreach (var (row, rarity) in parent.Children.Take(MaxShown))
        {
            table.AddRow(
                new Text(Printable.Of(row.Name!)),
                new Text($"{row.Count.Launches:N1}"),
                new Text($"{row.Count.Launches / parent.Counts.Launches:P2}"),
                new Text($"{row.FirstSeen.UtcDateTime:yyyy-MM-dd HH:mm}"),
                new Text($"{row.LastSeen.UtcDateTime:yyyy-MM-dd HH:mm}"),
                new Text($"{rarity:0.0}"));
        }

        console.Out.Write(table);
        if (parent.Children.Count > MaxShown) console.Out.WriteLine($"… and {parent.Children.Count - MaxShown:N0} more; --json shows all");
        return Verb.Success;
    }

    private static async Task<int> ShowOccurrencesAsync(
        CliConsole console, OccurrenceKind kind, string name, OpenBaseline open, bool asJson, CancellationToken cancellationToken)
    {
        bool CanBe(string other) => kind == OccurrenceKind.Host
            ? HostNames.CanBe(other, name)
            : string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
        var found = new List<Occurrence>();
        foreach (var partition in await open.PartitionsAsync(cancellationToken))
        {
            await foreach (var occurrence in open.Rows.OccurrencesAsync(partition, kind, cancellationToken))
            {
                if (CanBe(occurrence.Name)) found.Add(occurrence);
            }
        }

        if (kind == OccurrenceKind.Host && HostNames.Find(found.Select(o => o.Name), name) is { } meant)
        {
            name = meant;
            found.RemoveAll(o => !o.Name.Equals(meant, StringComparison.OrdinalIgnoreCase));
            if (!asJson) console.Out.WriteLine(Printable.Of(meant));
        }

        if (asJson)
        {
            WriteJson(console, json =>
            {
                json.WriteString(kind == OccurrenceKind.Host ? "host" : "user", name);
                json.WriteStartArray("children");
                foreach (var child in found.Select(s => s.Child).Distinct(StringComparer.Ordinal)) json.WriteStringValue(child);
                json.WriteEndArray();
            });
        }
        else if (found.Count == 0)
        {
            console.Out.WriteLine(
                $"no child classified as malicious is recorded for {Printable.Of(name)} (rows '{(kind == OccurrenceKind.Host ? "host" : "user")}|…').");
        }

        if (asJson || found.Count == 0) return Verb.Success;
        foreach (var s in found)
            console.Out.WriteLine(
                $"{Printable.Of(s.Child)}{(s.Count is { } c ? $", {c.Launches:N1} times" : "")}{(s.LastSeen is { } last ? $", last {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "")}");
        return Verb.Success;
    }

    private static void WriteJson(CliConsole console, Action<Utf8JsonWriter> content)
    {
        using var output = console.OpenOutput();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
