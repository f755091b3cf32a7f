using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Counts;
using Changeling.Features;
using Changeling.Incidents;
using Changeling.Rules;

namespace Changeling.Backtest.Trials;

/// <summary>
/// The commands that people should judge first, because they cause most findings. What may be a step of an attack is left out. That is
/// a command with words of attacks, on the blocklist or rated almost certain, one reported near such a launch, and a single burst.
/// </summary>
/// <remarks>A place on the list is no exception: that needs a person who has judged a finding.</remarks>
internal static class LookFirst
{
    private const int MaxRows = 20;
    private const int MinFindings = 3;

    /// <summary>The rule on launches that are almost certainly malicious.</summary>
    private const string AlmostCertain = "suspicious-high-probability";

    /// <summary>Findings within less time are one burst, which an attack can be as well as a habit.</summary>
    private static readonly TimeSpan MinTime = TimeSpan.FromHours(20);

    /// <summary>What happens on a host so soon before or after a sign of an attack may belong to it.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromHours(2);

    /// <summary>Makes the list.</summary>
    /// <param name="judged">The findings that people look at.</param>
    /// <param name="all">All findings on launches.</param>
    /// <param name="pairs">All launches by parent and child.</param>
    /// <param name="knowsTruth">Whether the ground truth is known. It does not change the list.</param>
    public static IReadOnlyList<LookFirstReport> Of(
        IReadOnlyList<Alert> judged, IReadOnlyList<Alert> all, IReadOnlyDictionary<Lineage, long> pairs, bool knowsTruth)
    {
        var signs = all.Where(IsSign).ToLookup(a => a.Report.Host, a => a.Report.Time, StringComparer.Ordinal);
        var suspect = all.Where(a => signs[a.Report.Host].Any(time => (a.Report.Time - time).Duration() <= Near))
            .Select(a => StepName.Of(a.Launch!)).ToHashSet(StringComparer.Ordinal);
        var commands = judged.GroupBy(a => StepName.Of(a.Launch!), StringComparer.Ordinal)
            .Where(c => !suspect.Contains(c.Key) && c.Count() >= MinFindings)
            .Select(c => (Step: c.Key, Findings: c.OrderBy(a => a.Report.Time).ThenBy(a => a.Report.Uid, StringComparer.Ordinal).ToList()))
            .Where(c => c.Findings[^1].Report.Time - c.Findings[0].Report.Time >= MinTime)
            .OrderByDescending(c => c.Findings.Count).ThenBy(c => c.Step, StringComparer.Ordinal)
            .Take(MaxRows);

        var reported = all.CountBy(LineageOf).ToDictionary();
        var (rows, together) = (new List<LookFirstReport>(), 0);
        foreach (var (step, findings) in commands)
        {
            together += findings.Count;
            var (last, pair) = (findings[^1], LineageOf(findings[^1]));
            rows.Add(new(
                step,
                pair.ToString(),
                last.Launch!.Child.CommandLine,
                [.. findings.SelectMany(a => a.Report.Rules).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                findings.Count,
                Math.Round((double)together / judged.Count, 4),
                findings.Select(a => a.Report.Host).Distinct(StringComparer.Ordinal).Count(),
                findings[0].Report.Time,
                last.Report.Time,
                last.Report.Uid,
                new(
                    pairs.GetValueOrDefault(pair),
                    reported[pair],
                    pairs.Where(p => p.Key.Child == pair.Child).Sum(p => p.Value),
                    pairs.Where(p => p.Key.Parent == pair.Parent).Sum(p => p.Value)),
                knowsTruth ? findings.Count(a => a.IsTrue) : null));
        }

        return rows;
    }

    /// <summary>Whether the launch of a finding itself speaks for an attack.</summary>
    public static bool IsSign(Alert finding) =>
        finding.Report.Rules.Contains(AlmostCertain)
        || Blocklist.Shipped.Find(finding.Launch!) is not null
        || ActList.HasAny(finding.Launch!);

    private static Lineage LineageOf(Alert finding) => Lineage.Of(finding.Launch!.Parent?.Name ?? "", finding.Launch.Child.Name);
}
