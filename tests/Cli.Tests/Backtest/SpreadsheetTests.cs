using System.Text;
using Changeling.Backtest.Reports;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>The tables of <c>backtest --csv</c>.</summary>
public sealed class SpreadsheetTests(BacktestFleet fleet)
{
    [Fact]
    public async Task There_is_a_row_for_each_incident_and_for_each_step()
    {
        var report = BacktestReport.Read("incidents.json", fleet.Folder.Read("incidents.json"));
        (await Terminal.RunAsync(fleet.Folder, "backtest", "show", "incidents.json", "--csv", "tables")).Succeeded();
        var (incidents, findings) = (Rows("tables/incidents.csv"), Rows("tables/findings.csv"));

        Assert.Equal(report.WorstFirst.Select(d => d.Uid), incidents.Select(r => r["incident"]));
        Assert.Equal(
            report.WorstFirst.SelectMany(d => d.Incident!.Steps, (d, s) => (d.Uid, s.Uid, s.IsFinding ? "finding" : "suspected")),
            findings.Select(r => (r["incident"], r["finding"], r["kind"])));
        Assert.Contains(findings, r => r["command_line"].Contains("-enc SQBFAFgA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_findings_as_alerts_there_is_a_row_for_each_and_none_for_incidents()
    {
        var report = BacktestReport.Read("report.json", fleet.Folder.Read("report.json"));
        (await Terminal.RunAsync(fleet.Folder, "backtest", "show", "report.json", "--csv", "of-findings")).Succeeded();
        var findings = Rows("of-findings/findings.csv");

        Assert.Empty(Rows("of-findings/incidents.csv"));
        Assert.Equal(report.WorstFirst.Select(d => d.Uid), findings.Select(r => r["finding"]));
        Assert.Equal(
            report.WorstFirst.Where(d => d.Launch is not null).Select(d => d.Launch!.Program),
            findings.Where(r => r["kind"] == "finding").Select(r => r["program"]));
    }

    [Fact]
    public async Task No_cell_of_a_hostile_event_is_calculated_and_every_text_comes_back()
    {
        var hostile = HostileReport.Of(BacktestReport.Read("report.json", fleet.Folder.Read("report.json")));
        hostile.Save(fleet.Folder, "formulas.json");
        (await Terminal.RunAsync(fleet.Folder, "backtest", "show", "formulas.json", "--csv", "formulas")).Succeeded();
        var saved = BacktestReport.Read("formulas.json", fleet.Folder.Read("formulas.json"));
        var rows = Rows("formulas/findings.csv");

        Assert.All(
            rows.SelectMany(r => r.Values).Where(cell => cell.Length > 0),
            cell => Assert.DoesNotContain(cell.TrimStart(' ')[0], "=+-@\t\r\n＝＋－＠"));
        Assert.Equal(
            saved.WorstFirst.Where(d => d.Launch is not null).Select(d => d.Launch!.CommandLine),
            rows.Where(r => r["kind"] == "finding").Select(r => r["command_line"] is ['\'', .. var rest] ? rest : r["command_line"]));
    }

    /// <summary>A plain reader of RFC 4180, which knows nothing of the writer.</summary>
    private List<Dictionary<string, string>> Rows(string name)
    {
        var text = Encoding.UTF8.GetString(fleet.Folder.Read(name));
        Assert.StartsWith("\uFEFF", text, StringComparison.Ordinal);
        var (records, record, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 1; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (unit == '"') isQuoted = !isQuoted;
            else if (isQuoted || unit is not (',' or '\n' or '\r')) cell.Append(unit);
            else if (unit is ',' or '\n')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (unit == ',') continue;
                records.Add(record);
                record = [];
            }
        }

        return [.. records.Skip(1).Select(r => records[0].Zip(r).ToDictionary(c => c.First, c => c.Second))];
    }
}
