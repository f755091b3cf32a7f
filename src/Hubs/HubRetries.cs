using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>How often the client itself tries again before a failure is reported.</summary>
internal static class HubRetries
{
    /// <summary>For sending: about 90 seconds at most, so that an invocation of five minutes still answers. Throttling of some seconds is waited out.</summary>
    public static EventHubsRetryOptions ForSending => new()
    {
        Mode = EventHubsRetryMode.Exponential,
        Delay = TimeSpan.FromSeconds(0.8),
        MaximumDelay = TimeSpan.FromSeconds(10),
        MaximumRetries = 3,
        TryTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>For reading at a terminal: a wrong address is reported after seconds, because a person waits.</summary>
    public static EventHubsRetryOptions ForReading => new()
    {
        Mode = EventHubsRetryMode.Exponential,
        Delay = TimeSpan.FromSeconds(0.3),
        MaximumDelay = TimeSpan.FromSeconds(10),
        MaximumRetries = 3,
        TryTimeout = TimeSpan.FromSeconds(20),
    };
}
