using System.Globalization;
using Changeling.Evaluation.Rankings;
using Spectre.Console;

namespace Changeling.Cli.Evaluating;

/// <summary>The report in tables, for people.</summary>
internal static class RarityText
{
    public static void Show(IAnsiConsole console, RarityReport report)
    {
        foreach (var baseline in report.Baselines)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]Above the {baseline.Baseline}[/] ({baseline.Counted:N0} launches); model: {report.Model ?? "none"}");
            foreach (var group in baseline.Groups.Where(g => g.Steps > 0)) Show(console, group);
            if (baseline.Scale is not { } scale) continue;
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"The product's rarity after hour {ScaleReport.FromHour}: {scale.ShareAt75:P3} of {scale.Launches:N0} launches reach 75, {scale.ShareAt50:P2} reach 50.");
        }
    }

    private static void Show(IAnsiConsole console, GroupReport group)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns(
            $"{group.Group}: {group.Chains:N0} chains, {group.Steps:N0} steps, {group.Background:N0} background", "ROC-AUC", "steps at 1 %",
            "at 0.1 %", "chains at 1 %", "at 0.1 %",
            "with model: ROC-AUC", "steps at 1 %", "at 0.1 %", "chains at 1 %", "at 0.1 %");
        foreach (var measure in group.Measures)
            table.AddRow([new Text(measure.Measure), .. Cells(measure.Alone), .. Cells(measure.WithModel)]);
        if (group.ModelAlone is not null) table.AddRow([new Text("the model without rarity"), .. Cells(null), .. Cells(group.ModelAlone)]);
        console.Write(table);
    }

    private static IEnumerable<Text> Cells(Ranking? ranking) =>
        new double?[] { ranking?.RocAuc, ranking?.RecallAt1, ranking?.RecallAt01, ranking?.ChainsAt1, ranking?.ChainsAt01 }
            .Select(figure => new Text(figure is { } known ? known.ToString("0.000", CultureInfo.InvariantCulture) : "–"));
}
