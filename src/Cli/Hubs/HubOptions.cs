using System.CommandLine;

namespace Changeling.Cli.Hubs;

/// <summary>How <c>send</c> and <c>tail</c> are told which hub.</summary>
/// <param name="setting">Reads a setting of the environment: a connection string is no argument for everybody's eyes.</param>
internal sealed class HubOptions(Func<string, string?> setting)
{
    private const string ConnectionSetting = "EventHubConnection";

    private readonly Option<string?> _space = new("--namespace") { Description = "Event Hubs namespace in Azure, entered with your own identity (az login).", HelpName = "NAME" };

    private readonly Option<string?> _connection = new("--connection-string")
    {
        Description = $"A connection string instead, for example the emulator's; {ConnectionSetting} of the environment if nothing is named.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _bootstrap = new("--bootstrap") { Description = "A Kafka broker on this machine instead.", HelpName = "HOST:PORT" };

    private readonly Option<string?> _hub = new("--hub") { Description = "The hub; the connection string's EntityPath if left out.", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Add(_space);
        command.Add(_connection);
        command.Add(_bootstrap);
        command.Add(_hub);
    }

    /// <exception cref="CliException">No hub is named, or no way to it.</exception>
    public (HubAddress Address, string Hub) Read(ParseResult parsed)
    {
        var (space, connection, bootstrap) = (parsed.GetValue(_space), parsed.GetValue(_connection), parsed.GetValue(_bootstrap));
        if (space is null && connection is null && bootstrap is null) connection = setting(ConnectionSetting);
        var address = HubAddress.Of(space, connection, bootstrap);
        var hub = parsed.GetValue(_hub) ?? address.Hub;
        return string.IsNullOrEmpty(hub) ? throw new CliException("no hub is named; pass --hub, for example --hub telemetry.") : (address, hub);
    }
}
