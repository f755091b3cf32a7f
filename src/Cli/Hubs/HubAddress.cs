using Azure.Core;
using Azure.Identity;
using Confluent.Kafka;

namespace Changeling.Cli.Hubs;

/// <summary>
/// Where a hub's Kafka endpoint is and how it is entered: a namespace in Azure with the user's token, a connection string, or a broker
/// without a lock, on this machine only.
/// </summary>
internal sealed record HubAddress
{
    private const string AzureSuffix = ".servicebus.windows.net";
    private const int AzurePort = 9093;
    private const int EmulatorPort = 9092;
    private static readonly TimeSpan TokenPatience = TimeSpan.FromSeconds(30);

    private HubAddress(string servers) => Servers = servers;

    /// <summary><c>host:port</c>, one or several with commas.</summary>
    public string Servers { get; }

    /// <summary>The hub that a connection string names itself.</summary>
    public string? Hub { get; private init; }

    /// <summary>For a token: what it is asked for.</summary>
    public string? Scope { get; private init; }

    private string? ConnectionString { get; init; }

    private bool IsEncrypted { get; init; }

    /// <summary>Reads what the user gave: exactly one of the three.</summary>
    /// <exception cref="CliException">None or several, or it cannot be one.</exception>
    public static HubAddress Of(string? space, string? connectionString, string? bootstrap)
    {
        var given = new[] { space, connectionString, bootstrap }.Count(text => !string.IsNullOrEmpty(text));
        if (given != 1) throw new CliException("name one way to the hub: --namespace for Azure with your own identity (az login), --connection-string, or --bootstrap for a broker on this machine.");
        if (!string.IsNullOrEmpty(space)) return OfNamespace(space);
        return string.IsNullOrEmpty(connectionString) ? OfBroker(bootstrap!) : OfConnectionString(connectionString);
    }

    /// <summary>What producer and consumer have in common.</summary>
    public void ApplyTo(ClientConfig config)
    {
        config.BootstrapServers = Servers;
        config.ClientId = "changeling";
        if (ConnectionString is null && Scope is null) return;

        config.SecurityProtocol = IsEncrypted ? SecurityProtocol.SaslSsl : SecurityProtocol.SaslPlaintext;
        config.SaslMechanism = ConnectionString is null ? SaslMechanism.OAuthBearer : SaslMechanism.Plain;
        if (ConnectionString is null) return;
        config.SaslUsername = "$ConnectionString";
        config.SaslPassword = ConnectionString;
    }

    /// <summary>Called by a client whenever it needs a token; a failure is told to the client, which asks again.</summary>
    public void Token(IClient client)
    {
        try
        {
            using var patience = new CancellationTokenSource(TokenPatience);
            var token = new DefaultAzureCredential().GetToken(new TokenRequestContext([Scope!]), patience.Token);
            client.OAuthBearerSetToken(token.Token, token.ExpiresOn.ToUnixTimeMilliseconds(), "changeling");
        }
        catch (Exception exception)
        {
            client.OAuthBearerSetTokenFailure(exception is AuthenticationFailedException ? "Azure gives no token; sign in with 'az login'" : exception.GetType().Name);
        }
    }

    private static HubAddress OfNamespace(string space)
    {
        var host = space.EndsWith(AzureSuffix, StringComparison.OrdinalIgnoreCase) ? space : space + AzureSuffix;
        if (Uri.CheckHostName(host) != UriHostNameType.Dns)
            throw new CliException($"'{Printable.Of(space)}' is no namespace; pass its name, for example evhns-example.");
        return new HubAddress($"{host}:{AzurePort}") { Scope = $"https://{host}/.default", IsEncrypted = true };
    }

    private static HubAddress OfConnectionString(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1], StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("Endpoint", out var endpoint) || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme != "sb" || !parts.ContainsKey("SharedAccessKey"))
            throw new CliException("the connection string is not one of Event Hubs (Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…); copy it whole.");

        var isEmulator = parts.TryGetValue("UseDevelopmentEmulator", out var flag) && bool.TryParse(flag, out var on) && on;
        if (isEmulator && !uri.IsLoopback) throw new CliException($"the emulator's connection string names {uri.Host}, but its traffic is not encrypted: use it on the machine that it runs on.");
        return new HubAddress($"{uri.Host}:{(isEmulator ? EmulatorPort : AzurePort)}") { ConnectionString = text, IsEncrypted = !isEmulator, Hub = parts.GetValueOrDefault("EntityPath") };
    }

    private static HubAddress OfBroker(string bootstrap)
    {
        foreach (var server in bootstrap.Split(','))
        {
            if (!Uri.TryCreate($"tcp://{server}", UriKind.Absolute, out var uri) || uri.Port <= 0) throw new CliException($"--bootstrap takes HOST:PORT, not '{Printable.Of(server)}'.");
            if (!uri.IsLoopback) throw new CliException($"--bootstrap is for a broker on this machine, because nothing is encrypted; for {Printable.Of(uri.Host)} pass --namespace or --connection-string.");
        }

        return new HubAddress(bootstrap);
    }
}
