using System.Net.Sockets;
using Changeling.HubStandIn.Links;
using Changeling.HubStandIn.Wire;

namespace Changeling.HubStandIn;

/// <summary>
/// Event hubs over AMQP 1.0 on 127.0.0.1, for the demo and for tests with the official client. Events are kept in memory and are lost when
/// the server is disposed.
/// </summary>
/// <remarks>
/// Supported: sending by key, to a partition and round-robin; batches and their size limit. Reading from any position through consumer
/// groups, with owner levels and flow control. Properties of hubs and partitions; retention by count; faults on request. Not supported:
/// TLS, web sockets, idempotent producers, geo-replication, retention by time, authorisation (any token is accepted), Kafka.
/// </remarks>
public sealed class HubServer : IAsyncDisposable
{
    private readonly LoopbackListener _listener;

    private HubServer(HubServerOptions options, LoopbackListener listener)
    {
        _listener = listener;
        Hubs = [.. options.Hubs.Select(definition => new Hub(definition, options.Time))];
        Faults = new HubFaults(this, options.Time);
        var catalog = new HubCatalog(Hubs, $"sb://127.0.0.1:{Port}/", options.Time);
        listener.Start(new LinkFactory(catalog, Faults, options.MaxMessageBytes));
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => _listener.Port;

    /// <summary>
    /// The connection string for the official client, without a hub's name. Its key is not a secret, because the server accepts any.
    /// </summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=any;SharedAccessKey=YW55;UseDevelopmentEmulator=true;";

    /// <summary>The event hubs, in the order of the options.</summary>
    public IReadOnlyList<Hub> Hubs { get; }

    /// <summary>Faults on request, for tests.</summary>
    public HubFaults Faults { get; }

    /// <summary>Starts a server; clients may connect when the task completes.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    /// <exception cref="SocketException">The port is in use.</exception>
    public static Task<HubServer> StartAsync(HubServerOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new HubServer(options, new LoopbackListener(options.Port)));
    }

    /// <summary>An event hub by name; letter case does not matter.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Hub Hub(string name) =>
        Hubs.FirstOrDefault(hub => hub.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no hub named '{name}'.", nameof(name));

    /// <summary>Closes all connections and discards all events.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    internal int CutConnections() => _listener.CutAll();
}
