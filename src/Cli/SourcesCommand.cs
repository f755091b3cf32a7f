using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Changeling.Cli.Backtest;
using Changeling.Events;
using Changeling.Sources;
using Spectre.Console;

namespace Changeling.Cli;

/// <summary><c>changeling sources FILE…</c>: what the sources of recorded telemetry deliver, and what they lack.</summary>
internal static class SourcesCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE|DIR") { Description = "Recorded telemetry, also gzipped, in the order of time.", Arity = ArgumentArity.OneOrMore };
        var asJson = new Option<bool>("--json") { Description = "One line of JSON with the counts." };
        var command = new Command("sources", "The health of telemetry sources: missing fields, dead letters, skipped kinds, invalid parents, time skew.") { files, asJson };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() => Task.FromResult(
            Run(HistoryFiles.Of(parsed.GetRequiredValue(files), []), parsed.GetValue(asJson), cancellation))));
        return command;
    }

    /// <summary>The clock is made as a backtest makes it: the running maximum of event times.</summary>
    private static int Run(IReadOnlyList<string> files, bool asJson, CancellationToken cancellationToken)
    {
        var health = new SourceHealth();
        var reader = new MessageReader(new MessageLimits());
        foreach (var (_, message) in new History(files, partitions: 1, _ => { }).Messages())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var outcome in reader.Read(message.Body)) health.Add(outcome, message.EnqueuedTime);
        }

        var report = health.ToReport();
        if (report.Formats.Count + report.Skipped.Count + report.DeadLetters.Count == 0)
            throw new CliException($"{string.Join(", ", files)}: nothing in it; name a file with recorded telemetry.");
        if (asJson) Console.Out.WriteLine(JsonSerializer.Serialize(report, Json));
        else Show(report);
        return Verb.Success;
    }

    private static void Show(SourceHealthReport report)
    {
        var formats = new Table().AddColumns("format", "starts", "invalid parents", "time skew", "share without");
        foreach (var (format, health) in report.Formats)
        {
            formats.AddRow(
                format, Number(health.Events), Number(health.InvalidParents),
                string.Join(", ", health.Skew.Where(s => s.Value > 0).Select(s => $"{s.Key} {Number(s.Value)}")),
                string.Join(", ", health.Missing.Keys.OrderByDescending(health.ShareMissing).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f} {health.ShareMissing(f):P0}"))));
        }

        var others = new Table().AddColumns("other records", "count");
        foreach (var (kind, count) in report.Skipped) others.AddRow(ReportText.Safe($"skipped, {kind}"), new Text(Number(count)));
        foreach (var (reason, count) in report.DeadLetters) others.AddRow(ReportText.Safe($"dead letters, {reason}"), new Text(Number(count)));
        if (formats.Rows.Count > 0) Terminal.Out.Write(formats);
        if (others.Rows.Count > 0) Terminal.Out.Write(others);
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
