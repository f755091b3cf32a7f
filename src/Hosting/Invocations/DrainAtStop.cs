using Changeling.Hosting.Observing;

namespace Changeling.Hosting.Invocations;

/// <summary>
/// Waits at a stop until the invocations in progress have been answered. Registered last, so it is stopped first: the connection to the
/// host is still open, the answer arrives, and the host writes its checkpoint.
/// </summary>
/// <param name="invocations">The invocations in progress.</param>
/// <param name="logger">Receives a warning if the wait was too long.</param>
internal sealed class DrainAtStop(InvocationsInFlight invocations, ILogger<DrainAtStop> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await invocations.NoneAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nothing is lost, because the hub delivers these messages again.
            Log.NotDrained(logger, invocations.Count);
        }
    }
}
