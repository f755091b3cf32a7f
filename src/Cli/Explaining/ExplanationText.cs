using Changeling.Features;
using Changeling.Findings;
using Spectre.Console;

namespace Changeling.Cli.Explaining;

/// <summary>An explanation for people: result and reasons by theme first, then the event, then the features.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="x">The explanation.</param>
/// <param name="showsAll">Whether all reasons and features are shown.</param>
internal sealed class ExplanationText(IAnsiConsole console, Explanation x, bool showsAll)
{
    /// <summary>Maximum number of reasons of a theme that are shown.</summary>
    private const int MaxReasons = 4;

    /// <summary>A reason that changes less than this is not shown.</summary>
    private const double Telling = 0.2;

    /// <summary>Maximum number of grams of one kind that are shown.</summary>
    private const int MaxGrams = 40;

    public void Show()
    {
        ShowVerdict();
        ShowReasons();
        ShowEvent();
        if (showsAll) ShowFeatures();
        else Line("[grey]--all shows every reason, and all features of the event[/]");
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
        if (x.Reported is { } reported)
        {
            Line("[grey]the app said {0} with model {1}:[/] {2}", $"{reported.Probability:0.000}", reported.Model, reported.Message);
            return;
        }

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
        foreach (var theme in x.Reasons.GroupBy(r => ReasonThemes.Of(r.Feature)).OrderBy(g => g.Key)) Add(grid, theme.Key, [.. theme]);
        Add(grid, $"{x.Expectation:+0.00;-0.00}", "base value", "");
        Add(grid, $"{x.Margin:+0.00;-0.00}", $"in total, which is calibrated to the probability {x.Prediction.Probability:0.000}", "");
        console.Write(grid);
        Line(
            "[grey]the act alone (program and arguments): {0}; the whole launch with its context: {1}[/]",
            $"{x.ActMargin:+0.00;-0.00}", $"{x.WholeMargin:+0.00;-0.00}");
    }

    /// <summary>Adds the sum of a theme, and the reasons that make most of it.</summary>
    private void Add(Grid grid, ReasonTheme theme, IReadOnlyList<PredictionReason> reasons)
    {
        var shown = showsAll ? reasons : [.. reasons.Where(r => Math.Abs(r.Weight) >= Telling).Take(MaxReasons)];
        var rest = reasons.Count - shown.Count;
        Add(grid, $"{reasons.Sum(r => r.Weight):+0.00;-0.00}", $"{Words(theme)}{(rest > 0 ? $" ({reasons.Count:N0} reasons)" : "")}", "");
        foreach (var reason in shown) Add(grid, "", $"{reason.Weight:+0.00;-0.00}  {Said(reason)}", reason.Feature);
    }

    private static string Words(ReasonTheme theme) => theme switch
    {
        ReasonTheme.Act => "what it does",
        ReasonTheme.Parent => "who starts it",
        ReasonTheme.Place => "where they are",
        ReasonTheme.Disguise => "disguise",
        _ => "account and rights",
    };

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
