using Changeling.Backtest.Reports;
using Changeling.Backtest.Spreadsheets;
using Changeling.Pages;

namespace Changeling.Cli.Backtest;

/// <summary>The files of a backtest that people open in a browser or a spreadsheet.</summary>
/// <param name="Page">The page; <see langword="null"/> for none.</param>
/// <param name="Folder">The folder of the spreadsheets; <see langword="null"/> for none.</param>
internal sealed record ReportFiles(string? Page, string? Folder)
{
    /// <summary>Name of the spreadsheet of incidents.</summary>
    public const string Incidents = "incidents.csv";

    /// <summary>Name of the spreadsheet of findings and steps.</summary>
    public const string Findings = "findings.csv";

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Page is null ? Array.Empty<string>() : [Page],
        .. Folder is null ? Array.Empty<string>() : [Path.Combine(Folder, Incidents), Path.Combine(Folder, Findings)],
    ];

    /// <summary>Checks that they can be written, before any work is done. The folder is created.</summary>
    /// <param name="others">The other files of the command.</param>
    /// <exception cref="CliException">One of them cannot be written, or is another file of the command.</exception>
    public void RequireWritable(IReadOnlyList<string> others)
    {
        if (Folder is not null) OutputFiles.RequireFolder(Folder);
        foreach (var name in Names)
        {
            OutputFiles.RequireOther(name, [.. others, .. Names.Where(other => other != name)]);
            OutputFiles.RequireWritable(name);
        }
    }

    /// <summary>Writes them, each completely or not at all.</summary>
    /// <exception cref="CliException">One of them cannot be written.</exception>
    public async Task WriteAsync(BacktestReport report, CancellationToken cancellationToken)
    {
        if (Page is { } page)
            await WriteAsync(page, file => BacktestPage.WriteAsync(report, file, cancellationToken));
        if (Folder is null) return;
        await WriteAsync(Path.Combine(Folder, Incidents), file => Written(() => ReportSpreadsheets.WriteIncidents(report, file)));
        await WriteAsync(Path.Combine(Folder, Findings), file => Written(() => ReportSpreadsheets.WriteFindings(report, file)));
    }

    /// <summary>Reads a report that <c>backtest --json</c> wrote.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a report of this layout.</exception>
    public static async Task<BacktestReport> ReadAsync(string file, CliConsole console, CancellationToken cancellationToken)
    {
        InputFiles.Require([file]);
        return BacktestReport.Read(file, (await InputFiles.ReadAsync(file, console, cancellationToken)).Span);
    }

    private static async Task WriteAsync(string name, Func<Stream, Task> write)
    {
        await using var file = OutputFiles.Create(name);
        await write(file);
        file.Keep();
    }

    private static Task Written(Action write)
    {
        write();
        return Task.CompletedTask;
    }
}
