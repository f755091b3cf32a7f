using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Changeling.Cli.Backtest;
using Changeling.Cli.Models;
using Changeling.RecordedFiles;
using Changeling.Sources;
using Changeling.Storage;
using Changeling.Storing;
using Spectre.Console;

namespace Changeling.Cli.Sources;

/// <summary>
/// <c>changeling sources FILE…|--live</c>: what the sources of recorded telemetry, or of the running app, deliver and lack.
/// </summary>
internal static class SourcesCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE|DIR")
        {
            Description = $"{TelemetryFiles.Description} Time skew is measured in each file on its own, in its order.",
            Arity = ArgumentArity.ZeroOrMore,
        }.AsPaths(console);
        var live = new Option<bool>("--live")
        {
            Description = "What the running instances of the app have counted since they started, from their health blobs.",
        };
        var asJson = new Option<bool>("--json") { Description = "Print the counts as one line of JSON." };
        var account = new StorageAccount(console);
        var command = new Command(
            "sources",
            "The health of telemetry sources: missing fields, dead letters, skipped kinds, invalid parents, time skew, sequence gaps.")
            {
                files,
                live,
                asJson,
            };
        account.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (names, isLive) = (parsed.GetValue(files) ?? [], parsed.GetValue(live));
            if (names.Length > 0 == isLive) throw new CliException("pass recorded telemetry, or --live for the running app.");
            var report = isLive
                ? await LiveAsync(console, account, parsed, cancellation)
                : Of(await TelemetryFiles.OfAsync(names, [], console, cancellation), cancellation);
            if (parsed.GetValue(asJson)) console.Lines.WriteLine(JsonSerializer.Serialize(report, Json));
            else Show(console, report);
            return isLive
                ? Verb.Success
                : Unread(report.Formats.Values.Sum(f => f.Events), report.Skipped, report.DeadLetters).Report(console, Verb.Success);
        }));
        return command;
    }

    /// <summary>The records of the files that could not be read, from the counts.</summary>
    public static UnreadRecords Unread(
        long events, IReadOnlyDictionary<string, long> skipped, IReadOnlyDictionary<string, long> deadLetters) =>
        new(events + skipped.Values.Sum(), deadLetters.Values.Sum(), deadLetters.Keys.Order(StringComparer.Ordinal).FirstOrDefault());

    /// <summary>
    /// The counts of all running instances. The names of the instances are written to stderr, so that stdout contains only the JSON.
    /// </summary>
    private static async Task<SourceHealthReport> LiveAsync(
        CliConsole console, StorageAccount account, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var (clients, _) = await account.ConnectAsync(parsed, cancellationToken);
            var (all, now, health) = (
                await new HealthBlobs(clients.Blobs()).ReadAllAsync(cancellationToken),
                TimeProvider.System.GetUtcNow(),
                new SourceHealth());
            var running = all.Select(blob => LiveInstance.Read(blob.Name, blob.Json)).Where(i => i.IsRunning(now)).ToList();
            if (running.Count == 0)
                throw new CliException(
                    $"no instance has written its health within {LiveInstance.GoneAfter.TotalMinutes:0} minutes; start the app, or name the storage account that it uses.");
            foreach (var instance in running)
            {
                if (instance.Sources is { } sources) health.Add(sources);
                console.Error.WriteLine(
                    $"{Printable.Of(instance.Instance)}: since {instance.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, written {(now - instance.WrittenAt).TotalSeconds:0} s ago");
            }

            return health.ToReport();
        }
        catch (StoreUnavailableException exception)
        {
            throw StorageAccount.Refusal(exception) ?? new CliException(exception.Message);
        }
    }

    private static SourceHealthReport Of(IReadOnlyList<RecordedFile> files, CancellationToken cancellationToken)
    {
        var health = new SourceHealth();
        foreach (var (outcome, clock) in SourceFiles.Records(files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            health.Add(outcome, clock);
        }

        var report = health.ToReport();
        if (report.Formats.Count + report.Skipped.Count + report.DeadLetters.Count == 0)
            throw new CliException($"{string.Join(", ", files)}: no record; name a file with recorded telemetry.");
        return report;
    }

    private static void Show(CliConsole console, SourceHealthReport report)
    {
        var formats = new Table().AddColumns("format", "starts", "invalid parents", "time skew", "share without");
        foreach (var (format, health) in report.Formats)
        {
            formats.AddRow(
                ReportText.Safe(format), new Text(Number(health.Events)), new Text(Number(health.InvalidParents)),
                ReportText.Safe(string.Join(", ", health.Skew.Where(s => s.Value > 0).Select(s => $"{s.Key} {Number(s.Value)}"))),
                ReportText.Safe(
                    string.Join(
                        ", ",
                        health.Missing.Keys.OrderByDescending(health.ShareMissing)
                            .Select(f => string.Create(CultureInfo.InvariantCulture, $"{f} {health.ShareMissing(f):P0}")))));
        }

        var others = new Table().AddColumns("other records", "count");
        foreach (var (kind, count) in report.Skipped) others.AddRow(ReportText.Safe($"skipped, {kind}"), new Text(Number(count)));
        foreach (var (reason, count) in report.DeadLetters)
            others.AddRow(ReportText.Safe($"dead letters, {reason}"), new Text(Number(count)));
        if (report.SequenceGap > 0) others.AddRow(new Text("messages that never arrived"), new Text(Number(report.SequenceGap)));
        if (formats.Rows.Count > 0) console.Out.Write(formats);
        if (others.Rows.Count > 0) console.Out.Write(others);
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
