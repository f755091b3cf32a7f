using Azure.Core;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;

namespace Changeling.Hubs;

/// <summary>
/// Address and credentials of an Event Hubs namespace: an identity, or a connection string. Local traffic is not encrypted, so the
/// connection string of the emulator or of a stand-in is accepted for this machine only.
/// </summary>
public sealed record HubEndpoint
{
    private const string AzureSuffix = ".servicebus.windows.net";

    private readonly string? _connectionString;
    private readonly TokenCredential? _identity;

    private HubEndpoint(string host, string? connectionString, TokenCredential? identity) =>
        (Host, _connectionString, _identity) = (host, connectionString, identity);

    /// <summary>The namespace's host name, for example <c>evhns-example.servicebus.windows.net</c>.</summary>
    public string Host { get; }

    /// <summary>The hub that the connection string itself names (<c>EntityPath</c>); <see langword="null"/> if it names none.</summary>
    public string? Hub { get; private init; }

    /// <summary>Whether AMQP uses WebSockets on port 443, for networks that allow no other port.</summary>
    /// <value>Default: <see langword="false"/>, AMQP over TCP on port 5671.</value>
    public bool UsesWebSockets { get; init; }

    /// <summary>Opens a namespace in Azure with an identity.</summary>
    /// <param name="name">Its name, or its full host name in any Azure cloud.</param>
    /// <param name="identity">The identity that tokens are requested for.</param>
    /// <exception cref="FormatException">It is not a namespace; the message shows an example.</exception>
    public static HubEndpoint OfNamespace(string name, TokenCredential identity)
    {
        var host = name.Contains('.', StringComparison.Ordinal) ? name : name + AzureSuffix;
        if (!IsHost(host))
            throw new FormatException(
                $"'{name}' is not an Event Hubs namespace; pass its name, for example evhns-example, or evhns-example{AzureSuffix}.");
        return new HubEndpoint(host, null, identity);
    }

    /// <summary>Opens a namespace with a connection string.</summary>
    /// <param name="text">The connection string from the portal or from the emulator's documentation.</param>
    /// <exception cref="FormatException">
    /// It is not one of Event Hubs, or it would send unencrypted traffic to another machine. The message contains no key.
    /// </exception>
    public static HubEndpoint OfConnectionString(string text)
    {
        var parts = ConnectionStringParts.Read(text)
            ?? throw new FormatException(
                "the connection string is not one of Event Hubs (Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…); copy the whole string.");
        if (parts.IsEmulator && !parts.Endpoint.IsLoopback)
            throw new FormatException(
                $"the connection string of the emulator names {parts.Endpoint.Host}, but its traffic is not encrypted; use it on the machine that the emulator runs on.");
        return OfChecked(text, parts);
    }

    /// <summary>Opens a namespace with a connection string that the caller has checked.</summary>
    internal static HubEndpoint OfChecked(string text, ConnectionStringParts parts) =>
        new(parts.Endpoint.Host, text, null) { Hub = parts.Hub };

    /// <summary>Returns only the host name, because the rest may be a secret.</summary>
    public override string ToString() => Host;

    /// <summary>Whether a text is the host name of a namespace, in any Azure cloud.</summary>
    internal static bool IsHost(string text) =>
        Uri.CheckHostName(text) == UriHostNameType.Dns && text.Contains(".servicebus.", StringComparison.OrdinalIgnoreCase);

    internal EventHubProducerClient OpenProducer(string hub, EventHubsRetryOptions retries)
    {
        var options = new EventHubProducerClientOptions { RetryOptions = retries, ConnectionOptions = Connection() };
        return _identity is null
            ? new EventHubProducerClient(_connectionString, Unnamed(hub), options)
            : new EventHubProducerClient(Host, hub, _identity, options);
    }

    internal EventHubConsumerClient OpenConsumer(string group, string hub, EventHubsRetryOptions retries)
    {
        var options = new EventHubConsumerClientOptions { RetryOptions = retries, ConnectionOptions = Connection() };
        return _identity is null
            ? new EventHubConsumerClient(group, _connectionString, Unnamed(hub), options)
            : new EventHubConsumerClient(group, Host, hub, _identity, options);
    }

    internal EventHubConnectionOptions Connection() => new()
    {
        TransportType = UsesWebSockets ? EventHubsTransportType.AmqpWebSockets : EventHubsTransportType.AmqpTcp,
    };

    /// <summary>The client accepts the hub's name either in the connection string or as a parameter, but not both.</summary>
    /// <exception cref="FormatException">The connection string is for another hub.</exception>
    private string? Unnamed(string hub) => Hub is null || Hub.Equals(hub, StringComparison.OrdinalIgnoreCase)
        ? hub
        : throw new FormatException(
            $"the connection string is for hub '{Hub}', not for '{hub}'; use the namespace's connection string, or that of the hub.");
}
