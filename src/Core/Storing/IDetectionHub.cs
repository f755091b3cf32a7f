namespace Changeling.Storing;

/// <summary>Receives the committed detections. Implementations are an Event Hub, and a list in memory for backtests and tests.</summary>
public interface IDetectionHub
{
    /// <summary>
    /// Sends detections and returns when the hub has accepted all of them. Those of one host keep their order. Safe to repeat: consumers
    /// see the same bytes under the same message id (<c>DetectionEnvelope.Id</c>).
    /// </summary>
    /// <param name="detections">Committed detections as stored, each one UTF-8 JSON object; may be empty.</param>
    /// <param name="cancellationToken">Stops between requests; a part may have been sent.</param>
    /// <exception cref="StoreUnavailableException">
    /// The hub cannot be used now; a part may have been sent. The batch is to be tried again.
    /// </exception>
    Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> detections, CancellationToken cancellationToken);
}
