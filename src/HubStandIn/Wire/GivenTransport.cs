using Amqp;

namespace Changeling.HubStandIn.Wire;

/// <summary>Provides AMQPNetLite's listener with one accepted connection, and never with another.</summary>
internal sealed class GivenTransport(LoopbackTransport transport) : TransportProvider
{
    private bool _given;

    /// <inheritdoc/>
    public override Task<IAsyncTransport> CreateAsync(Address address)
    {
        if (!_given)
        {
            _given = true;
            return Task.FromResult<IAsyncTransport>(transport);
        }

        // The listener asks again once the first connection is open, or has failed to open because the client does not speak AMQP.
        if (transport.Connection is null) transport.Close();
        return new TaskCompletionSource<IAsyncTransport>().Task;
    }
}
