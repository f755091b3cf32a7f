using System.Globalization;
using Spectre.Console;

namespace Changeling.Cli.Detections;

/// <summary>
/// An incident as people read it: what happened in a sentence, then the tree of its processes on each host. A step has two lines: time,
/// severity and command line; then reasons, ATT&amp;CK and account. Processes that only connect steps are dim. No line is wider than
/// <see cref="Look.Width"/>.
/// </summary>
/// <param name="console">The console.</param>
/// <param name="look">Width, signs and colours.</param>
internal sealed class IncidentTreeText(IAnsiConsole console, Look look)
{
    /// <summary>Before a step that a rule found.</summary>
    public const string Found = "*";

    /// <summary>Before a step that no rule found, and that only the model finds suspicious.</summary>
    public const string Suspected = "+";

    private const int Margin = 4;
    private const int TimeWidth = 16;
    private const int SeverityWidth = 10;
    private const int MarkWidth = 2;
    private const int MinCommandLine = 24;

    private static readonly Style Dim = new(Color.Grey);

    private readonly StepText _steps = new(look);

    /// <summary>Where the tree begins.</summary>
    private static int TreeColumn => Margin + TimeWidth + SeverityWidth + MarkWidth;

    /// <summary>Writes an incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="known">
    /// Ids of the steps that were shown before: the others are marked as new, and these are dim. <see langword="null"/> marks nothing.
    /// </param>
    public void Show(IncidentView incident, IReadOnlySet<string>? known = null)
    {
        ShowHead(incident, known is null ? incident.Start : incident.Time, known is not null);
        foreach (var line in Lines(incident.Message)) Indented(line);
        if (incident.Tactics.Count > 0) Indented(Middle(Printable.Of(string.Join(", ", incident.Tactics)), look.Width - Margin));
        foreach (var host in Hosts(incident.Processes)) ShowHost(host, known);
        if (incident.LeftOut > 0) Indented(Number(incident.LeftOut, "more step", "that the message has no place for"), Dim);
        foreach (var cluster in incident.Clusters)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture, $"also: rule {cluster.Rule} on {cluster.About} from {cluster.Window:MM-dd HH:mm}");
            Indented(Middle(Printable.Of(text), look.Width - Margin));
        }

        Indented(Middle(Legend(incident), look.Width - Margin), Dim);
        foreach (var line in Lines(incident.Why)) Indented(line);
    }

    /// <summary>Writes one line: for a message with no new step.</summary>
    public void ShowNews(IncidentView incident) => ShowHead(incident, incident.Time, isUpdate: true);

    /// <summary>Writes one line: for an incident that is not looked at any closer.</summary>
    public void ShowLine(IncidentView incident) => ShowHead(incident, incident.Start, isUpdate: false);

    private void ShowHead(IncidentView incident, DateTimeOffset time, bool isUpdate)
    {
        var state = incident switch
        {
            { JoinedTo: { } other } => $" joined to {Printable.Of(other)}",
            { IsClosed: true } => " closed" + Rating(incident),
            _ => (isUpdate ? $" update {incident.Revision}" : "") + Rating(incident),
        };
        var line = new StyledLine()
            .Add(string.Create(CultureInfo.InvariantCulture, $"{time:MM-dd HH:mm:ss}  "))
            .Add(Severity(incident.Severity), Look.StyleOf(incident.Severity));
        var id = $"  {Printable.Of(incident.Id)}";
        line.Add(Middle($" incident{state}", look.Width - line.Length - Math.Min(id.Length, look.Width / 3)));
        line.Add(Middle(id, look.Width - line.Length), Dim).WriteTo(console);
    }

    private static string Rating(IncidentView incident) =>
        (incident.Risk is { } risk ? string.Create(CultureInfo.InvariantCulture, $", risk {risk}") : "")
            + (incident.IsAlert ? "" : ", not an alert");

    private void ShowHost(IReadOnlyList<ShownProcess> processes, IReadOnlySet<string>? known)
    {
        Indented(Middle(Printable.Of(processes[0].Host), look.Width - Margin), new Style(decoration: Decoration.Bold));
        var maxDepth = Math.Max(1, (look.Width - TreeColumn - MinCommandLine) / look.Last.Length);
        var user = (string?)null;
        foreach (var row in TreeRow.Of(processes, look, maxDepth))
        {
            if (!row.Process.IsStep)
            {
                new StyledLine().Add(new string(' ', TreeColumn) + row.First, Dim).Add(CommandLine(row), Dim).WriteTo(console);
                continue;
            }

            var isOld = row.Process.Uid is { } uid && known?.Contains(uid) == true;
            ShowStep(row, isOld, isNew: known is not null && !isOld, isSameUser: row.Process.User == user);
            user = row.Process.User;
        }
    }

    private void ShowStep(TreeRow row, bool isOld, bool isNew, bool isSameUser)
    {
        var step = row.Process;
        var plain = isOld ? Dim : Style.Plain;
        new StyledLine()
            .Add((isNew ? "new" : "").PadRight(Margin), new Style(decoration: Decoration.Bold))
            .Add(string.Create(CultureInfo.InvariantCulture, $"{step.Time:MM-dd HH:mm:ss}").PadRight(TimeWidth), plain)
            .Add(Severity(step.Severity).PadRight(SeverityWidth), isOld ? Dim : Look.StyleOf(step.Severity))
            .Add((step.Rules.Count > 0 ? Found : Suspected).PadRight(MarkWidth), plain)
            .Add(row.First, Dim)
            .Add(CommandLine(row), plain)
            .WriteTo(console);

        var before = new string(' ', TreeColumn) + row.Below;
        var details = _steps.Details(step, isSameUser, look.Width - before.Length);
        if (details.Length > 0) new StyledLine().Add(before, Dim).Add(details, Dim).WriteTo(console);
    }

    private string CommandLine(TreeRow row) => _steps.CommandLine(row.Process, look.Width - TreeColumn - row.First.Length);

    private static string Legend(IncidentView incident)
    {
        var found = incident.Steps.Count(s => s.Rules.Count > 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Found} a rule found it ({found})   {Suspected} only the model suspects it ({incident.Steps.Count() - found})");
    }

    /// <summary>The processes of each host, in order of first appearance, with the places of parents in the host's own list.</summary>
    private static IEnumerable<IReadOnlyList<ShownProcess>> Hosts(IReadOnlyList<ShownProcess> all)
    {
        foreach (var host in all.Index().GroupBy(p => p.Item.Host, StringComparer.Ordinal))
        {
            var places = host.Select(p => p.Index).Index().ToDictionary(p => p.Item, p => p.Index);
            yield return
            [
                .. host.Select(p => p.Item with
                {
                    Parent = p.Item.Parent is { } parent && places.TryGetValue(parent, out var place) ? place : null,
                }),
            ];
        }
    }

    private IEnumerable<string> Lines(string text) => Shortened.Lines(Printable.Of(text), look.Width - Margin);

    private void Indented(string text, Style? style = null) =>
        new StyledLine().Add(new string(' ', Margin)).Add(text, style).WriteTo(console);

    private string Middle(string text, int most) => Shortened.Middle(text, most, look.Cut);

    private string Severity(string word) => Middle(Printable.Of(word.ToLowerInvariant()), SeverityWidth - 2);

    private static string Number(int count, string what, string rest) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")} {rest}");
}
