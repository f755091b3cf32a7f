using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Incidents;

namespace Changeling.Backtest.Gathering;

/// <summary>Converts incidents for the report. Times are whole milliseconds.</summary>
internal static class IncidentReports
{
    /// <summary>Converts an incident that was sent.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="truth">The ground truth, if it is known.</param>
    /// <param name="names">Names of tactics and techniques.</param>
    public static IncidentReport Of(Incident incident, Truth? truth, AttackNames names) => new(
        incident.Id.ToString(),
        DetectionReports.WholeMilliseconds(incident.Created!.Value),
        incident is { Status: IncidentStatus.Closed, Sent: { } sent } ? DetectionReports.WholeMilliseconds(sent) : null,
        incident.Hosts,
        incident.Users,
        incident.Score,
        incident.Severity.ToString(),
        incident.Risk,
        [.. incident.Members.Select(m => StepOf(m, truth))],
        incident.LeftOut)
    {
        ClusterRules = [.. incident.Clusters.Select(c => c.Rule).Distinct(StringComparer.Ordinal)],
        Messages = incident.Revision,
        Headline = new Story(names).Headline(incident, IncidentActivity.Update),
        Why = new Story(names).Why(incident),
        Tactics =
        [
            .. incident.Attacks.Select(a => names.Tactics.GetValueOrDefault(a.Tactic, a.Tactic)).Distinct(StringComparer.Ordinal),
        ],
        Processes =
        [
            .. IncidentTree.Of(incident.Members).Processes.Select(p => new IncidentProcessReport(
                p.Host, p.Parent, p.Process.Name, p.Process.CommandLine, p.Member?.Signal.Uid.ToString())),
        ],
    };

    /// <summary>The alert about an incident.</summary>
    /// <param name="incident">The incident, with its attacks.</param>
    /// <param name="time">When it first was an alert, UTC.</param>
    public static DetectionReport AlertOf(IncidentReport incident, DateTimeOffset time)
    {
        var heaviest = incident.Steps.OrderByDescending(s => s.Weight).ThenBy(s => s.Time).ThenBy(s => s.Uid, StringComparer.Ordinal)
            .ToList();
        return new DetectionReport(
            incident.Uid,
            [.. heaviest.SelectMany(s => s.Rules).Concat(incident.ClusterRules).Distinct(StringComparer.Ordinal)],
            DetectionReports.WholeMilliseconds(time),
            incident.Hosts[0],
            heaviest[0].Lineage,
            heaviest[0].Probability,
            heaviest[0].Rarity,
            incident.Chains is [var first, ..] ? first.Chain : null,
            Incident: incident,
            Risk: incident.Risk)
        {
            Severity = incident.Severity,
        };
    }

    private static IncidentStepReport StepOf(IncidentMember member, Truth? truth)
    {
        var signal = member.Signal;
        return new(
            signal.Uid.ToString(),
            DetectionReports.WholeMilliseconds(signal.Started),
            signal.Host,
            signal.Ancestors is [var parent, ..] ? Lineage.Of(parent.Name, signal.Process.Name).ToString() : "",
            [.. signal.Rules.Select(r => r.Id)],
            signal.Probability,
            signal.Rarity,
            member.Weight,
            signal.IsFinding,
            member.Count,
            truth?.Find(signal.Uid)?.Chain)
        {
            User = signal.User,
            Severity = signal.Severity.ToString(),
            Techniques = [.. signal.Attacks.Select(a => a.Technique).Distinct(StringComparer.Ordinal)],
            Reasons = signal.Reasons,
        };
    }
}
