using System.CommandLine;

namespace Changeling.Cli.Backtest;

/// <summary>The options for results that people open in a browser or a spreadsheet.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> _page;
    private readonly Option<string?> _folder;

    public ReportOptions(CliConsole console)
    {
        _page = new Option<string?>("--report")
        {
            Description = "Output file for a page to open in a browser and to pass on: one HTML file with every alert; it quotes command lines.",
            HelpName = "report.html",
        }.AsOptionalPath(console);
        _folder = new Option<string?>("--csv")
        {
            Description =
                $"Output folder for spreadsheets: {ReportFiles.Incidents} has a row for each incident, {ReportFiles.Findings} one for each finding or step.",
            HelpName = "FOLDER",
        }.AsOptionalPath(console);
    }

    public void AddTo(Command command)
    {
        command.Add(_page);
        command.Add(_folder);
    }

    /// <summary>The files that the options name.</summary>
    public ReportFiles Read(ParseResult parsed) => new(parsed.GetValue(_page), parsed.GetValue(_folder));
}
