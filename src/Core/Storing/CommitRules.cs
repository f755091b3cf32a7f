using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>The checks by which the in-memory store refuses the same commits as the table service.</summary>
internal static class CommitRules
{
    /// <summary>Maximum number of bytes in a transaction.</summary>
    public const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>Why a commit is refused; <see langword="null"/> when it is not.</summary>
    public static string? Refusal(BaselineCommit commit)
    {
        if (commit.RowCount > BaselineCommit.MaxRows) return "too many rows";
        if (commit.Launches.DistinctBy(l => (l.Parent, l.Row.Name)).Count() < commit.Launches.Count) return "a launch row twice";
        if (commit.Occurrences.DistinctBy(s => (s.Kind, s.Child, s.Row.Name)).Count() < commit.Occurrences.Count)
            return "an occurrence twice";
        if (commit.Sums.DistinctBy(s => s.Key).Count() < commit.Sums.Count
            || commit.Quotas.DistinctBy(q => q.Key).Count() < commit.Quotas.Count)
            return "a sum or quota twice";
        if (commit.Exceptions.DistinctBy(e => e.Id).Count() < commit.Exceptions.Count) return "an exception twice";
        if (commit.Exceptions.Any(e => e.Id.Length is 0 or > 64)) return "an exception's id outside its limits";
        if (commit.Detections.DistinctBy(d => (d.Position, d.RuleId)).Count() < commit.Detections.Count) return "a detection twice";
        if (commit.Detections.Any(d => d.Body.Length > StoredDetection.MaxBytes)) return "a detection above its limit";
        if (commit.Signals.DistinctBy(s => s.First).Count() < commit.Signals.Count) return "signals twice";
        if (commit.Signals.Any(s => s.Body.Length > StoredDetection.MaxBytes)) return "signals above their limit";
        if (commit.Launches.Any(l => Math.Max(l.Parent.Length, l.Row.Name?.Length ?? 0) > LineageName.MaxLength))
            return "a name above its limit";
        if (commit.Occurrences.Any(s => Math.Max(s.Child.Length, s.Row.Name!.Length) > LineageName.MaxLength))
            return "a name above its limit";
        if (commit.Sums.Any(s => s.Key.Entity.Length > LineageName.MaxLength)
            || commit.Quotas.Any(q => q.Key.Host.Length > LineageName.MaxLength))
            return "a name above its limit";
        var bodies = commit.Detections.Select(d => d.Body).Concat(commit.Signals.Select(s => s.Body));
        return bodies.Sum(body => body.Length * 4L / 3) > MaxBytes ? "too large" : null;
    }
}
