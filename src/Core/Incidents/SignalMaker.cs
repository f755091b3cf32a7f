using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rules;

namespace Changeling.Incidents;

/// <summary>Makes the signal of a launch that rules reported or that the model dislikes.</summary>
internal static class SignalMaker
{
    private const int MaxReasons = 3;

    /// <summary>The signal of a launch with a finding.</summary>
    /// <returns><see langword="null"/> when exceptions suppress its rules or keep it out of incidents.</returns>
    public static Signal? Of(Decision decision, Detection detection)
    {
        if (detection.IsSuppressed || decision.IsKeptOut) return null;
        var rules = detection.Rules.Where(r => r.SuppressedBy is null).Select(r => new SignalRule(r.Rule.Id, r.Rule.Name, r.Rule.Analytic));
        return Of(decision, detection.Id, detection.EnqueuedTime, detection.Reasons) with
        {
            Rules = [.. rules],
            Risk = detection.Risk.Score,
            Severity = detection.Risk.Severity,
            Attacks = detection.Attacks,
        };
    }

    /// <summary>The signal of a launch that no rule reported.</summary>
    public static Signal Of(ArrivedRecord record, Decision decision, PipelineSnapshot snapshot)
    {
        var e = decision.Evidence.Event;
        var scored = ScoredLaunches.With(snapshot.Model);
        var acts = scored.Acts(e, snapshot.Rules.Attack);
        var id = DetectionId.Of(e.SourceIdentity ?? DetectionId.Fallback(record.Partition, record.Place.Position));
        return Of(decision, id, record.Message.EnqueuedTime, scored.Explain(e, FindingMaker.MaxReasons, isExact: false)) with
        {
            Risk = Risk.ScoreOf(decision.Evidence, acts),
            Attacks = acts.Count == 0 && decision.Evidence.LolBin is { } technique ? [technique] : acts,
        };
    }

    private static Signal Of(Decision decision, Guid id, DateTimeOffset time, IReadOnlyList<PredictionReason> reasons)
    {
        var (evidence, e) = (decision.Evidence, decision.Evidence.Event);
        return new()
        {
            Uid = id,
            Time = time,
            Started = e.Time,
            Host = CountedNames.Host(e),
            User = CountedNames.User(e) ?? NameOf(e.User),
            IsSystem = SystemAccounts.Is(e.User) || IsVirtual(e.User),
            Process = new(e.Child.Name, e.Child.Guid, e.Child.Pid, e.Child.CommandLine, Rounded(evidence.Prediction.Probability)),
            Ancestors =
            [
                .. decision.Ancestors.Select(a => new SignalProcess(a.Name, a.Guid, a.Pid, a.CommandLine, Rounded(a.Seen?.Probability))),
            ],
            Step = StepName.Of(e),
            Probability = Math.Round(evidence.Prediction.Probability, 4),
            Act = Rounded(evidence.Prediction.Act),
            Rarity = evidence.Rarity is { } rarity ? Math.Round(rarity.Score, 1) : null,
            Reasons = [.. Positive(reasons).Concat(Signs(evidence)).Take(MaxReasons)],
            IsNote = decision.IsLearning,
        };
    }

    private static IEnumerable<string> Signs(Evidence evidence)
    {
        if (evidence.Masquerade.IsRenamed) yield return "renamed program";
        if (evidence.Masquerade.IsMisplaced) yield return "system program outside its folder";
    }

    private static IEnumerable<string> Positive(IReadOnlyList<PredictionReason> reasons) =>
        reasons.Where(r => r is { Weight: > 0, Description: not null }).Select(r => r.Description!);

    /// <summary>An account that Windows makes for a service or a pool of web servers: every host has one of the name.</summary>
    private static bool IsVirtual(UserIdentity? user) =>
        string.Equals(user?.Domain, "IIS APPPOOL", StringComparison.OrdinalIgnoreCase)
        || string.Equals(user?.Domain, "NT SERVICE", StringComparison.OrdinalIgnoreCase);

    /// <summary>An account of Windows itself.</summary>
    private static string? NameOf(UserIdentity? user) => user?.Name is { Length: > 0 } name ? name.ToLowerInvariant() : user?.Sid;

    private static double? Rounded(double? probability) => probability is { } known ? Math.Round(known, 4) : null;
}
