using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Sasl;
using Changeling.HubStandIn.Links;
using Changeling.HubStandIn.Messages;
using Changeling.HubStandIn.Nodes;

namespace Changeling.HubStandIn.Wire;

/// <summary>One client's connection: it hands each link to the part that serves it.</summary>
internal sealed class HubConnection : IContainer, ILinkProcessor
{
    /// <summary>By this mechanism a client says that it will put its tokens on <c>$cbs</c>.</summary>
    private const string TokenMechanism = "MSSBCBS";

    private readonly ContainerHost _links = new(Array.Empty<Address>());
    private readonly Turn _sending = new();
    private readonly LoopbackTransport _transport;
    private readonly ConnectionListener _listener;
    private readonly LinkFactory _factory;

    public HubConnection(Socket socket, Address address, LinkFactory factory, IBufferManager buffers, Action<HubConnection> onClosed)
    {
        _factory = factory;
        _transport = new LoopbackTransport(socket, () => onClosed(this));
        CustomTransports = new Dictionary<string, TransportProvider>(StringComparer.OrdinalIgnoreCase) { [address.Scheme] = new GivenTransport(_transport) };
        _links.RegisterRequestProcessor(TokenNode.Address, new TokenNode());
        _links.RegisterRequestProcessor(ManagementNode.Address, new ManagementNode(factory.Hubs));
        _links.RegisterLinkProcessor(this);
        _listener = new ConnectionListener(address, this) { BufferManager = buffers };
        _listener.SASL.EnableAnonymousMechanism = true;
        _listener.SASL.EnableMechanism(TokenMechanism, SaslProfile.Anonymous);
    }

    /// <inheritdoc/>
    public IDictionary<string, TransportProvider> CustomTransports { get; }

    /// <inheritdoc/>
    public X509Certificate2 ServiceCertificate => throw new NotSupportedException("Loopback needs no TLS.");

    private IContainer Container => _links;

    public void Open() => _listener.Open();

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => _transport.Close();

    /// <summary>Tells the client that the server ends, and closes the connection.</summary>
    public async Task CloseAsync()
    {
        _listener.Close();
        await Task.WhenAny(_transport.Sent, Task.Delay(TimeSpan.FromSeconds(1)));
        _transport.Close();
    }

    /// <summary>Lets one link hand its messages over, and waits until the socket has taken them: no queue grows, and other links come in between.</summary>
    public async Task SendAsync(Action handOver, CancellationToken cancellationToken)
    {
        await _sending.TakeAsync(cancellationToken);
        try
        {
            await _transport.SendAsync(handOver, cancellationToken);
        }
        finally
        {
            _sending.End();
        }
    }

    /// <inheritdoc/>
    public Message CreateMessage(ByteBuffer buffer) => IncomingMessage.Read(buffer);

    /// <inheritdoc/>
    public Link CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) => Container.CreateLink(connection, session, attach);

    /// <inheritdoc/>
    public bool AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach) =>
        Container.AttachLink(connection, session, link, attach);

    /// <inheritdoc/>
    public void Process(AttachContext attachContext)
    {
        try
        {
            _factory.Attach(attachContext, this);
        }
        catch (AmqpException exception)
        {
            attachContext.Complete(exception.Error);
        }
    }
}
