using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Partitions;
using Changeling.Rules;

namespace Changeling.Pipeline;

/// <summary>Reads the rows that a malicious event is decided on besides its parent's.</summary>
internal static class SeenReading
{
    /// <summary>Reads them; only the first look at each needs a request.</summary>
    public static async ValueTask<Seen> ReadAsync(Evidence evidence, Lineage lineage, PartitionClock clock, PartitionBaseline baseline, CancellationToken cancellationToken)
    {
        var rows = baseline.RuleRows;
        var (host, user) = (CountedNames.Host(evidence.Event), CountedNames.User(evidence.Event));
        var hosts = await rows.SightingsAsync(SightingKind.Host, lineage.Child, clock.Day, cancellationToken);
        var users = user is null ? null : await rows.SightingsAsync(SightingKind.User, lineage.Child, clock.Day, cancellationToken);
        await rows.EnterAsync(ClockWindow.At(clock.Now), baseline.Committed, cancellationToken);
        MaliciousSum?[] sums = [rows.SumOf(ClusterKind.Parent, lineage.Parent), rows.SumOf(ClusterKind.Host, host), user is null ? null : rows.SumOf(ClusterKind.User, user)];
        return new Seen(hosts, host, users, user, [.. sums.OfType<MaliciousSum>().Select(s => s.Plus(evidence.Prediction.Probability, lineage.Child))]);
    }
}
