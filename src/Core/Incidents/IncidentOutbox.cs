using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>
/// Sends the committed messages about incidents in order of their numbers, and marks them as sent. A process that dies between the two
/// sends them again, with the same bytes.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="hub">The hub that receives the messages.</param>
/// <param name="baseline">The set of counts.</param>
public sealed class IncidentOutbox(IIncidentStore store, IDetectionHub hub, string baseline)
{
    /// <summary>Maximum number of messages sent before they are marked.</summary>
    public const int MaxAtOnce = 200;

    /// <summary>Sends all that is not marked as sent.</summary>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>How many were sent.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The store or the hub cannot be used now; what was not marked is sent with the next call.
    /// </exception>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var sent = 0;
        while (true)
        {
            var waiting = await store.UnsentAsync(baseline, MaxAtOnce, cancellationToken);
            if (waiting.Count == 0) return sent;

            await hub.SendAsync([.. waiting.Select(m => m.Body)], cancellationToken);
            await store.MarkSentAsync(baseline, waiting, cancellationToken);
            sent += waiting.Count;
            if (waiting.Count < MaxAtOnce) return sent;
        }
    }
}
