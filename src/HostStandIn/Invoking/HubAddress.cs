namespace Changeling.HostStandIn.Invoking;

/// <summary>The origin of a batch, besides its event partition.</summary>
/// <param name="Namespace">The fully qualified name of the Event Hubs namespace.</param>
/// <param name="ConsumerGroup">The consumer group.</param>
internal sealed record HubAddress(string Namespace, string ConsumerGroup)
{
    /// <summary>The address for feeds, which do not come from a hub.</summary>
    public static HubAddress OfFeeds { get; } = new("stand-in.servicebus.windows.net", "$Default");
}
