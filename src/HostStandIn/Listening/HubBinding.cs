using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Changeling.HostStandIn.App;
using Changeling.HostStandIn.Workers;

namespace Changeling.HostStandIn.Listening;

/// <summary>A trigger's binding with its app settings resolved.</summary>
/// <param name="Hub">The Event Hub's name.</param>
/// <param name="ConsumerGroup">The consumer group.</param>
/// <param name="Connection">A connection string.</param>
internal sealed record HubBinding(string Hub, string ConsumerGroup, string Connection)
{
    /// <summary>Resolves a binding as the extension does: a hub that the connection string names takes precedence.</summary>
    /// <exception cref="HostFailedException">A setting is missing.</exception>
    public static HubBinding Of(TriggerBinding trigger, AppSettings settings)
    {
        var connection = settings.Connection(trigger.Connection ?? "EventHub");
        try
        {
            var hub = EventHubsConnectionStringProperties.Parse(connection).EventHubName;
            return new HubBinding(
                string.IsNullOrEmpty(hub) ? settings.Resolve(trigger.Hub ?? "") : hub,
                settings.Resolve(trigger.ConsumerGroup ?? EventHubConsumerClient.DefaultConsumerGroupName),
                connection);
        }
        catch (FormatException exception)
        {
            throw new HostFailedException($"The app setting {trigger.Connection} is not a connection string of Event Hubs.", exception);
        }
    }
}
