using System.CommandLine;
using System.Text.RegularExpressions;
using Azure.Identity;
using Changeling.Hubs;

namespace Changeling.Cli.Hubs;

/// <summary>The arguments of <c>send</c> and <c>tail</c> that name a hub.</summary>
/// <param name="setting">
/// Reads an environment variable. A connection string in the arguments would be visible to everyone on the machine.
/// </param>
internal sealed partial class HubArguments(Func<string, string?> setting)
{
    private readonly Option<string?> _space = new("--namespace")
    {
        Description = "Event Hubs namespace in Azure, opened with your own identity (az login).",
        HelpName = "NAME",
    };

    private readonly Option<string?> _connection = new("--connection-string")
    {
        Description =
            $"A connection string instead, for example the emulator's. Without either option, {HubOptions.ConnectionSetting} of the environment is used.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _webSockets = new("--web-sockets") { Description = "Use port 443, for networks that block AMQP." };

    private readonly Option<string?> _hub = new("--hub")
    {
        Description = "The hub. Default: the EntityPath of the connection string.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Add(_space);
        command.Add(_connection);
        command.Add(_webSockets);
        command.Add(_hub);
    }

    /// <exception cref="CliException">The hub or its namespace is missing.</exception>
    public (HubEndpoint Endpoint, string Hub) Read(ParseResult parsed)
    {
        var endpoint =
            Endpoint(parsed.GetValue(_space), parsed.GetValue(_connection)) with { UsesWebSockets = parsed.GetValue(_webSockets) };
        var hub = parsed.GetValue(_hub) ?? endpoint.Hub;
        if (string.IsNullOrEmpty(hub)) throw new CliException("the hub is missing; pass --hub, for example --hub telemetry.");
        if (!Name().IsMatch(hub))
            throw new CliException(
                $"'{Printable.Of(hub)}' cannot be the name of a hub; names have letters, digits, dots, hyphens and underscores.");
        if (endpoint.Hub is { } own && !own.Equals(hub, StringComparison.OrdinalIgnoreCase))
            throw new CliException(
                $"the connection string is for hub '{Printable.Of(own)}', and --hub names '{hub}'; leave out one of them.");
        return (endpoint, hub);
    }

    private HubEndpoint Endpoint(string? space, string? connectionString)
    {
        if (string.IsNullOrEmpty(space) && string.IsNullOrEmpty(connectionString)) connectionString = setting(HubOptions.ConnectionSetting);
        if (string.IsNullOrEmpty(space) == string.IsNullOrEmpty(connectionString))
            throw new CliException(
                $"the namespace is missing; pass --namespace for Azure with your own identity (az login), or --connection-string, or set {HubOptions.ConnectionSetting} in the environment.");

        try
        {
            return string.IsNullOrEmpty(space)
                ? HubEndpoint.OfConnectionString(connectionString!)
                : HubEndpoint.OfNamespace(space, new DefaultAzureCredential());
        }
        catch (FormatException exception)
        {
            throw new CliException(Printable.Of(exception.Message));
        }
    }

    [GeneratedRegex(HubName.Pattern)]
    private static partial Regex Name();
}
