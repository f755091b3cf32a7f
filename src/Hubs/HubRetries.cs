using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>
/// How often the client itself repeats a request before it reports a failure. Where a hub is throttling, the client waits about five
/// seconds more each time.
/// </summary>
internal static class HubRetries
{
    /// <summary>
    /// For the app: about 90 seconds at most, so that an invocation of five minutes still answers. Longer outages are handled by the host's
    /// retry policy.
    /// </summary>
    public static EventHubsRetryOptions ForApp => After(TimeSpan.FromSeconds(0.8));

    /// <summary>For a person at a terminal, so that a wrong address is reported after seconds.</summary>
    public static EventHubsRetryOptions ForPeople => After(TimeSpan.FromSeconds(0.3));

    private static EventHubsRetryOptions After(TimeSpan delay) => new()
    {
        Mode = EventHubsRetryMode.Exponential,
        Delay = delay,
        MaximumDelay = TimeSpan.FromSeconds(10),
        MaximumRetries = 3,
        TryTimeout = TimeSpan.FromSeconds(20),
    };
}
