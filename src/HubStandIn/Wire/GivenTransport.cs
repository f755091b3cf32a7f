using Amqp;

namespace Changeling.HubStandIn.Wire;

/// <summary>Gives AMQPNetLite's listener the one connection that was accepted for it, and never another.</summary>
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

        // The listener asks again when it is done with the first: well, or because the client spoke no AMQP.
        if (transport.Connection is null) transport.Close();
        return new TaskCompletionSource<IAsyncTransport>().Task;
    }
}
