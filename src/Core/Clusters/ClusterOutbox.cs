namespace Changeling.Clusters;

/// <summary>
/// Hands the cluster detections to the host until it is known that they were sent. The host tells nobody: but a new invocation that is
/// no retry follows only when the one before, answered by this very process, was dealt with; a host that dies takes this process along.
/// What another process handed over is handed over again, under the same id.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="baseline">The set of counts.</param>
public sealed class ClusterOutbox(IClusterStore store, string baseline)
{
    /// <summary>Most detections in one answer; the others follow with the next.</summary>
    public const int MostInAnswer = 200;

    private IReadOnlyList<ClusterDetection> _answered = [];

    /// <summary>The detections to hand over now.</summary>
    /// <param name="isRetry">Whether the host could not deal with the answer before.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    public async Task<IReadOnlyList<ClusterDetection>> NextAsync(bool isRetry, CancellationToken cancellationToken)
    {
        if (!isRetry && _answered.Count > 0) await store.MarkEmittedAsync(baseline, _answered, cancellationToken);
        _answered = [];
        return await store.UnemittedAsync(baseline, MostInAnswer, cancellationToken);
    }

    /// <summary>Takes note that an answer left this process whole.</summary>
    public void Answered(IReadOnlyList<ClusterDetection> detections) => _answered = detections;
}
