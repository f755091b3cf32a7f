namespace Changeling.HostStandIn.Invoking;

/// <summary>Where a batch comes from, besides its event partition.</summary>
/// <param name="Namespace">The fully qualified name of the Event Hubs namespace.</param>
/// <param name="ConsumerGroup">The consumer group.</param>
internal sealed record HubAddress(string Namespace, string ConsumerGroup)
{
    /// <summary>Of feeds, which come from no hub.</summary>
    public static HubAddress OfFeeds { get; } = new("stand-in.servicebus.windows.net", "$Default");
}
