using System.Text.Json.Nodes;
using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;

namespace Changeling.Backtest.Trials;

/// <summary>
/// The exceptions that would halve the volume: one for each lineage, as narrow as the history allows. Those that hide no true detection
/// come first, then those that hide most of the remaining alerts. Owner and reason are empty, because the person who adds one must fill
/// them in. Alerts of the cluster rules are not included, because they have no lineage.
/// </summary>
internal static class Suggestions
{
    private const int MaxSuggestions = 20;
    private const int MaxCandidates = 200;
    private const int LeastPrefix = 6;

    /// <summary>If fewer of a lineage's alerts are in groups with a common beginning, the exception covers the whole lineage.</summary>
    private const double ShareInGroups = 0.8;

    public static IReadOnlyList<SuggestionReport> Of(IReadOnlyList<Alert> alerts, bool knowsTruth)
    {
        if (alerts.Count == 0) return [];
        var made = alerts.Max(a => a.Clock);
        var launches = alerts.Where(a => a.Launch?.Parent is not null).Select(a => new AlertedLaunch(a.Report.Rules, a.Launch!));
        var candidates = launches.GroupBy(a => Lineage.Of(a.Launch.Parent!.Name, a.Launch.Child.Name))
            .SelectMany(g => Candidates(g.Key, [.. g], made)).OrderByDescending(c => c.Alerts).Take(MaxCandidates)
            .Select(c => (c.Item, Hides: ExceptionDryRun.HiddenBy(c.Item, HostGroups.None, alerts).ToHashSet())).ToList();

        var (left, chosen) = (alerts.ToHashSet(), new List<SuggestionReport>());
        while (2 * left.Count > alerts.Count && chosen.Count < MaxSuggestions)
        {
            var next = candidates.Select(
                c => (c.Item, c.Hides, New: c.Hides.Count(left.Contains), True: c.Hides.Count(a => a.IsTrue))).Where(c => c.New > 0)
                .OrderBy(c => c.True > 0).ThenByDescending(c => c.New).ThenBy(c => c.Item.Name, StringComparer.Ordinal).FirstOrDefault();
            if (next.Item is null) break;
            left.ExceptWith(next.Hides);
            chosen.Add(
                Report(
                    next.Item with { Id = $"suggested-{chosen.Count + 1}" },
                    next.Hides.Count,
                    left.Count,
                    alerts.Count,
                    knowsTruth ? next.True : null));
        }

        return chosen;
    }

    private static SuggestionReport Report(ExceptionItem item, int hidden, int left, int all, int? trueOnes) => new(
        JsonNode.Parse(ExceptionFile.Write(item))!, hidden, Math.Round((double)hidden / all, 4), Math.Round(1 - ((double)left / all), 4),
        trueOnes);

    private static IEnumerable<(ExceptionItem Item, int Alerts)> Candidates(
        Lineage lineage, List<AlertedLaunch> alerts, DateTimeOffset made)
    {
        if (Name(ExceptionFields.Parent, lineage.Parent) is not { } parent || Name(ExceptionFields.Child, lineage.Child) is not { } child)
            yield break;
        var groups = alerts.Where(a => a.Launch.Child.CommandLine is not null)
            .GroupBy(a => FirstWords(a.Launch.Child.CommandLine!), StringComparer.OrdinalIgnoreCase)
            .Select(g => (Alerts: g.ToList(), Line: Line([.. g.Select(a => a.Launch.Child.CommandLine!)])))
            .Where(g => g.Line is not null && (g.Alerts.Count > 1 || alerts.Count == 1))
            .ToList();
        if (groups.Sum(g => g.Alerts.Count) < ShareInGroups * alerts.Count) groups = [(alerts, null)];
        foreach (var (some, line) in groups)
        {
            yield return (new ExceptionItem
            {
                Id = "suggested",
                Name = Short($"{lineage.Parent} starts {lineage.Child}"),
                Owner = "",
                Reason = "",
                Rules = [.. some.SelectMany(a => a.Rules).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Conditions = line is null ? [parent, child] : [parent, child, line],
                Created = made,
            }, some.Count);
        }
    }

    /// <summary>A folded name, in which the volatile parts are a star.</summary>
    private static ExceptionCondition? Name(string field, string name)
    {
        if (name.Length >= LineageName.MaxLength || name.All(unit => unit is '*' or '?')) return null;
        return new ExceptionCondition(field, name.Contains('*') ? ExceptionMatch.Wildcard : ExceptionMatch.Exact, [name]);
    }

    /// <summary>The command line if it is always the same, otherwise the common beginning up to the end of a word.</summary>
    private static ExceptionCondition? Line(IReadOnlyList<string> lines)
    {
        var common = lines[0];
        foreach (var line in lines)
        {
            var same = 0;
            while (same < Math.Min(common.Length, line.Length) && char.ToLowerInvariant(common[same]) == char.ToLowerInvariant(line[same]))
                same++;
            common = common[..same];
        }

        if (lines.All(line => line.Length == common.Length) && common.Length is > 0 and <= ExceptionFile.MaxUnits)
            return new ExceptionCondition(ExceptionFields.CommandLine, ExceptionMatch.Exact, [common]);
        common = common[..Math.Min(common.Length, ExceptionFile.MaxUnits)];
        var end = common.LastIndexOfAny([' ', '\\', '/', '=']);
        return end < LeastPrefix ? null : new ExceptionCondition(ExceptionFields.CommandLine, ExceptionMatch.Prefix, [common[..(end + 1)]]);
    }

    private static string FirstWords(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var second = space < 0 ? -1 : line.IndexOf(' ', space + 1);
        return second < 0 ? line : line[..second];
    }

    private readonly record struct AlertedLaunch(IReadOnlyList<string> Rules, ProcessEvent Launch);

    private static string Short(string name) => name.Length <= 128 ? name : name[..128];
}
