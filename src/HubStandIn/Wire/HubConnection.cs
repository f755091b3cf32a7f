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

/// <summary>The connection of one client, and the routing of its links.</summary>
internal sealed class HubConnection : IContainer, ILinkProcessor
{
    /// <summary>The SASL mechanism of clients that send their tokens to <c>$cbs</c>.</summary>
    private const string TokenMechanism = "MSSBCBS";

    /// <summary>Clients open a session for each link; Event Hubs allows as many.</summary>
    private const ushort MaxSessions = 5000;

    private readonly ContainerHost _links = new(Array.Empty<Address>());
    private readonly Turn _sending = new();
    private readonly LoopbackTransport _transport;
    private readonly ConnectionListener _listener;
    private readonly LinkFactory _factory;

    public HubConnection(Socket socket, Address address, LinkFactory factory, IBufferManager buffers, Action<HubConnection> onClosed)
    {
        _factory = factory;
        _transport = new LoopbackTransport(socket, () => onClosed(this));
        CustomTransports = new Dictionary<string, TransportProvider>(StringComparer.OrdinalIgnoreCase)
        {
            [address.Scheme] = new GivenTransport(_transport),
        };
        _links.RegisterRequestProcessor(TokenNode.Address, new TokenNode());
        _links.RegisterRequestProcessor(ManagementNode.Address, new ManagementNode(factory.Hubs));
        _links.RegisterLinkProcessor(this);
        _listener = new ConnectionListener(address, this) { BufferManager = buffers, HandlerFactory = _ => new EarlyHeartbeat() };
        _listener.AMQP.MaxSessionsPerConnection = MaxSessions;
        _listener.SASL.EnableAnonymousMechanism = true;
        _listener.SASL.EnableMechanism(TokenMechanism, SaslProfile.Anonymous);
    }

    /// <inheritdoc/>
    public IDictionary<string, TransportProvider> CustomTransports { get; }

    /// <inheritdoc/>
    public X509Certificate2 ServiceCertificate => throw new NotSupportedException("Loopback needs no TLS.");

    private IContainer Container => _links;

    public void Open() => _listener.Open();

    /// <summary>Closes the socket without an AMQP close frame.</summary>
    public void Cut() => _transport.Close();

    /// <summary>Closes the connection with a frame for the client.</summary>
    public async Task CloseAsync()
    {
        _listener.Close();
        await Task.WhenAny(_transport.Sent, Task.Delay(TimeSpan.FromSeconds(1)));
        _transport.Close();
    }

    /// <summary>
    /// Sends messages of one link, and completes when the socket has accepted them, so that no queue grows and links take turns.
    /// </summary>
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
    public Link CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) =>
        Container.CreateLink(connection, session, attach);

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
