using System.Globalization;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>The commands that cause most findings, as a table.</summary>
internal static class LookFirstText
{
    private const int MaxRows = 10;
    private const int MaxCharacters = 120;

    public static void Show(IAnsiConsole console, BacktestReport report)
    {
        if (report.LookFirst.Count == 0) return;
        var knowsTruth = report.LookFirst[0].TrueFindings is not null;
        string[] columns =
        [
            "look at these first", Findings(report), "together", "hosts", "first and last seen (UTC)", "pair not reported",
            .. knowsTruth ? ["true"] : Array.Empty<string>(),
        ];
        var table = new Table().Border(TableBorder.Rounded).AddColumns(columns);
        foreach (var row in report.LookFirst.Take(MaxRows))
        {
            string[] cells =
            [
                Number(row.Findings), row.ShareTogether.ToString("P0", CultureInfo.InvariantCulture), Number(row.Hosts),
                string.Create(CultureInfo.InvariantCulture, $"{row.FirstSeen:MM-dd HH:mm} – {row.LastSeen:MM-dd HH:mm}"),
                Number(row.Fleet.Pair - row.Fleet.PairReported), .. knowsTruth ? [Number(row.TrueFindings!.Value)] : Array.Empty<string>(),
            ];
            table.AddRow([ReportText.Safe($"{row.Lineage}: {Shortened(row.CommandLine ?? "")}"), .. cells.Select(cell => new Text(cell))]);
        }

        console.Write(table);
        console.WriteLine(
            "each is one command without a sign of an attack in it or near it; look at one of its findings, and make an exception only if somebody has judged it");
    }

    private static string Findings(BacktestReport report) => report.AlertKind == "incidents" ? "findings of incidents" : "findings";

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
}
