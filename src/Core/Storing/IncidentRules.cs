namespace Changeling.Storing;

/// <summary>The checks by which the in-memory store refuses the same steps of incidents as the table service.</summary>
internal static class IncidentRules
{
    private const int MaxName = 64;

    /// <summary>Why a step is refused; <see langword="null"/> when it is not.</summary>
    public static string? Refusal(IncidentStep step)
    {
        if (step.Rows.Count + step.Messages.Count > BaselineCommit.MaxRows) return "too many rows";
        if (step.Rows.DistinctBy(r => (r.Kind, r.Name)).Count() < step.Rows.Count) return "a row twice";
        if (step.Messages.DistinctBy(m => m.Number).Count() < step.Messages.Count) return "a message twice";
        if (step.Rows.Any(r => r.Name.Length is 0 or > MaxName)) return "a name outside its limits";
        if (step.Rows.Any(r => r.Body.Length > IncidentRow.MaxBytes)) return "a row above its limit";
        if (step.Messages.Any(m => m.Body.Length > StoredDetection.MaxBytes)) return "a message above its limit";
        var bytes = step.Rows.Sum(r => (long)r.Body.Length) + step.Messages.Sum(m => (long)m.Body.Length);
        return bytes > IncidentStep.MaxBytes ? "too large" : null;
    }
}
