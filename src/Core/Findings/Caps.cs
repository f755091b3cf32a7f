using Changeling.Counts;
using Changeling.Deciding;

namespace Changeling.Findings;

/// <summary>Limits how often a rule reports one lineage on one host within an hour.</summary>
/// <param name="quotas">The current quotas, which must contain those of all capped rules that fired.</param>
internal sealed class Caps(IReadOnlyDictionary<QuotaKey, Quota> quotas)
{
    private readonly Dictionary<QuotaKey, Quota> _changed = [];
    private readonly List<string> _heldBack = [];

    /// <summary>The quotas that changed, as they are to be stored.</summary>
    public IReadOnlyDictionary<QuotaKey, Quota> Changed => _changed;

    /// <summary>Ids of the rules that were held back, one entry for each launch.</summary>
    public IReadOnlyList<string> HeldBack => _heldBack;

    /// <summary>Applies the caps of the rules that fired on one event.</summary>
    /// <param name="fired">The rules; events come in order of position.</param>
    /// <param name="hour">The event's hour of the partition clock.</param>
    /// <returns>The rules to report.</returns>
    public IReadOnlyList<ReportedRule> Apply(IReadOnlyList<FiredRule> fired, int hour)
    {
        var reported = new List<ReportedRule>(fired.Count);
        foreach (var rule in fired)
        {
            if (!rule.IsCapped)
            {
                reported.Add(new ReportedRule(rule, null));
                continue;
            }

            var before = (_changed.TryGetValue(rule.Key, out var changed) ? changed : quotas[rule.Key]).At(hour);
            var (goes, after) = before.Take(hour, rule.Rule.MostPerHour!.Value);
            _changed[rule.Key] = after;
            if (goes) reported.Add(new ReportedRule(rule, before));
            else _heldBack.Add(rule.Rule.Id);
        }

        return reported;
    }
}
