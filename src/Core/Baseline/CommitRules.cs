namespace Changeling.Baseline;

/// <summary>What the in-memory store refuses, because the table service would: whatever a commit must never hold.</summary>
internal static class CommitRules
{
    /// <summary>Most bytes of a transaction.</summary>
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>Why a commit is refused; <see langword="null"/> when it is not.</summary>
    public static string? Refusal(BaselineCommit commit)
    {
        if (commit.Launches.Count + commit.Detections.Count > BaselineCommit.MaxRows) return "too many rows";
        if (commit.Launches.DistinctBy(l => (l.Parent, l.Row.Child)).Count() < commit.Launches.Count) return "a launch row twice";
        if (commit.Detections.DistinctBy(d => (d.Position, d.RuleId)).Count() < commit.Detections.Count) return "a detection twice";
        if (commit.Detections.Any(d => d.Body.Length > StoredDetection.MaxBytes)) return "a detection above its limit";
        if (commit.Launches.Any(l => Math.Max(l.Parent.Length, l.Row.Child?.Length ?? 0) > LineageName.MaxLength)) return "a name above its limit";
        return commit.Detections.Sum(d => d.Body.Length * 4L / 3) > MaxBytes ? "too large" : null;
    }
}
