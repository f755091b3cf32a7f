using Amqp.Framing;
using Amqp.Handler;

namespace Changeling.HubStandIn.Wire;

/// <summary>
/// Makes the library send a heartbeat after half of the client's idle timeout. By default it waits for the whole timeout, and the client
/// may close the connection first.
/// </summary>
internal sealed class EarlyHeartbeat : IHandler
{
    /// <inheritdoc/>
    public bool CanHandle(EventId id) => id == EventId.ConnectionRemoteOpen;

    /// <inheritdoc/>
    public void Handle(Event protocolEvent)
    {
        if (protocolEvent.Context is Open { IdleTimeOut: > 1 } open) open.IdleTimeOut /= 2;
    }
}
