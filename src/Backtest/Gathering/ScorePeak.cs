namespace Changeling.Backtest.Gathering;

/// <summary>A score that an incident reached for the first time.</summary>
/// <param name="Score">The score, 0–1.</param>
/// <param name="Clock">When, by the clock of incidents, UTC.</param>
internal readonly record struct ScorePeak(double Score, DateTimeOffset Clock);

/// <summary>An incident, sent or not, that would be an alert at some thresholds of its score.</summary>
/// <param name="Peaks">The scores that it reached after the learning period, ascending.</param>
/// <param name="Chains">The attacks that it has steps of.</param>
/// <param name="Steps">Number of these steps.</param>
/// <param name="LookAlikes">Number of injected look-alikes in it.</param>
internal sealed record IncidentCandidate(IReadOnlyList<ScorePeak> Peaks, IReadOnlyList<string> Chains, int Steps, int LookAlikes)
{
    /// <summary>When it reached a threshold; <see langword="null"/> if it did not.</summary>
    public DateTimeOffset? ReachedAt(double threshold)
    {
        foreach (var peak in Peaks)
        {
            if (peak.Score >= threshold) return peak.Clock;
        }

        return null;
    }
}
