using Changeling.Features;
using Changeling.Findings;
using Spectre.Console;

namespace Changeling.Cli.Explaining;

/// <summary>An explanation for people: result and reasons first, then the event, then the features.</summary>
internal sealed class ExplanationText(IAnsiConsole console, Explanation x)
{
    /// <summary>Maximum number of reasons that are shown; the others are summed.</summary>
    private const int MaxReasons = 12;

    /// <summary>Maximum number of grams of one kind that are shown.</summary>
    private const int MaxGrams = 40;

    public void Show()
    {
        ShowVerdict();
        ShowReasons();
        ShowEvent();
        ShowFeatures();
    }

    private void ShowVerdict()
    {
        var place = x.Chosen is null ? $"{x.Place}" : $"{x.Place} – {x.Chosen}";
        Line("[grey]{0}[/]", place);
        Line(
            "[bold]{0}[/] started [bold]{1}[/] on {2}", x.Event.Parent?.Name ?? "an unknown parent", x.Event.Child.Name, x.Event.Host.Name);
        Line(
            x.Prediction.IsMalicious
                ? "[red]malicious[/]: the model gives {0}, its threshold is {1} (model {2})"
                : "[green]not malicious[/]: the model gives {0}, its threshold is {1} (model {2})",
            $"{x.Prediction.Probability:0.000}",
            $"{x.Model.Threshold:0.000}",
            x.Model.Version);
        if (x.Rarity is not { } rarity)
        {
            Line("rarity unknown: the event names no parent");
            return;
        }

        Line("rarity [bold]{0}[/] of 100: {1}", $"{rarity.Score:0.0}", Sentences.Of(rarity));
        if (x.RarityByPrior is { } prior && rarity.ParentCount > 0)
            Line("[grey]{0} by the shipped prior alone, without the earlier events of the file[/]", $"{prior.Score:0.0}");
    }

    private void ShowReasons()
    {
        Heading("Why, in log-odds: + means more likely malicious");
        var grid = Columns(3);
        foreach (var reason in x.Reasons.Take(MaxReasons)) Add(grid, $"{reason.Weight:+0.00;-0.00}", Said(reason), reason.Feature);
        var rest = x.Reasons.Skip(MaxReasons).ToList();
        if (rest.Count > 0) Add(grid, $"{rest.Sum(r => r.Weight):+0.00;-0.00}", $"{rest.Count:N0} smaller ones together", "");
        Add(grid, $"{x.Expectation:+0.00;-0.00}", "base value", "");
        Add(grid, $"{x.Margin:+0.00;-0.00}", $"in total, which is calibrated to the probability {x.Prediction.Probability:0.000}", "");
        console.Write(grid);
        Line(
            "[grey]the act alone (program and arguments): {0}; the whole launch with its context: {1}[/]",
            $"{x.ActMargin:+0.00;-0.00}", $"{x.WholeMargin:+0.00;-0.00}");
    }

    private void ShowEvent()
    {
        Heading("The event, normalised");
        var grid = Columns(2);
        foreach (var (name, value) in EventFields.Of(x.Event)) Add(grid, name, value);
        if (x.Event.Missing.Count > 0) Add(grid, "not in the source", string.Join(", ", x.Event.Missing));
        Add(grid, "arguments as read", PlainCommandLine.Of(x.Event));
        console.Write(grid);
    }

    private void ShowFeatures()
    {
        Heading("What the model saw: features that are not 0");
        var grid = Columns(2);
        foreach (var group in x.Features.Where(f => !IsGram(f)).GroupBy(f => f.Group))
        {
            var title = group.Key;
            foreach (var feature in group)
            {
                Add(grid, title, feature.Description);
                title = "";
            }
        }

        foreach (var kind in x.Features.Where(IsGram).GroupBy(f => f.Name[..f.Name.IndexOf(':', StringComparison.Ordinal)]))
        {
            var grams = kind.Select(f => f.Name[(kind.Key.Length + 1)..]).ToList();
            var more = grams.Count > MaxGrams ? $" … and {grams.Count - MaxGrams} more" : "";
            Add(grid, kind.Key, string.Join(" | ", grams.Take(MaxGrams)) + more);
        }

        console.Write(grid);
    }

    private static bool IsGram(EventFeature feature) => feature.Name.Contains(':', StringComparison.Ordinal);

    /// <summary>The phrase, and the words that show it unless the phrase quotes them.</summary>
    private static string Said(PredictionReason reason) =>
        reason.Text is { } text && reason.Description?.Contains(text, StringComparison.Ordinal) != true
            ? $"{reason.Description}: {text}"
            : reason.Description ?? reason.Feature;

    private static Grid Columns(int count)
    {
        var grid = new Grid();
        for (var i = 0; i < count; i++) grid.AddColumn(new GridColumn { NoWrap = i == 0, Padding = new Padding(i == 0 ? 2 : 0, 0, 2, 0) });
        return grid;
    }

    private static void Add(Grid grid, params IEnumerable<string> cells) =>
        grid.AddRow([.. cells.Select(cell => new Text(Printable.Of(cell)))]);

    private void Heading(string text)
    {
        console.WriteLine();
        Line("[bold]{0}[/]", text);
    }

    private void Line(string markup, params IEnumerable<string> values) =>
        console.MarkupLine(
            string.Format(
                System.Globalization.CultureInfo.InvariantCulture, markup, [.. values.Select(v => Markup.Escape(Printable.Of(v)))]));
}
