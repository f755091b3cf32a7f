using System.Text.Json;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;

namespace Changeling.HostStandIn.App;

/// <summary>The section <c>extensions.eventHubs</c> of <c>host.json</c>, with the extension's own defaults.</summary>
internal sealed record EventHubsSettings
{
    public required int MaxEventBatchSize { get; init; }

    public required int PrefetchCount { get; init; }

    /// <summary>A batch is never larger than what is fetched ahead; null without a limit.</summary>
    public required long? PrefetchSizeInBytes { get; init; }

    /// <summary>Where a partition without a checkpoint begins.</summary>
    public required EventPosition Start { get; init; }

    /// <summary>How often partitions are claimed and ownership is renewed; null leaves the client's default.</summary>
    public required TimeSpan? LoadBalancingInterval { get; init; }

    /// <summary>After how long without renewal a partition may be claimed by others; null leaves the client's default.</summary>
    public required TimeSpan? OwnershipExpiration { get; init; }

    /// <summary>How the client retries its own requests.</summary>
    public required EventHubsRetryOptions ClientRetry { get; init; }

    /// <summary>Reads the section; null stands for a missing one.</summary>
    /// <exception cref="HostFailedException">It contains a setting that this stand-in does not support.</exception>
    public static EventHubsSettings Read(JsonElement? section)
    {
        RequireOne(section, "minEventBatchSize", "hands over what it receives");
        RequireOne(section, "batchCheckpointFrequency", "writes a checkpoint after each batch");
        return new EventHubsSettings
        {
            MaxEventBatchSize = section.Find("maxEventBatchSize")?.GetInt32() ?? 100,
            PrefetchCount = section.Find("prefetchCount")?.GetInt32() ?? 300,
            PrefetchSizeInBytes = section.Find("prefetchSizeInBytes")?.GetInt64(),
            Start = ReadStart(section.Find("initialOffsetOptions")),
            LoadBalancingInterval = section.Find("loadBalancingUpdateInterval").AsTime(),
            OwnershipExpiration = section.Find("partitionOwnershipExpirationInterval").AsTime(),
            ClientRetry = ReadRetry(section.Find("clientRetryOptions")),
        };
    }

    private static void RequireOne(JsonElement? section, string name, string does)
    {
        var value = section.Find(name)?.GetInt32() ?? 1;
        if (value != 1) throw new HostFailedException($"host.json: {name} is {value}; the stand-in {does}, as the host does with 1.");
    }

    private static EventPosition ReadStart(JsonElement? options) => options.Find("type")?.GetString()?.ToUpperInvariant() switch
    {
        null or "FROMSTART" => EventPosition.Earliest,
        "FROMEND" => EventPosition.Latest,
        "FROMENQUEUEDTIME" =>
            EventPosition.FromEnqueuedTime(
                options.Find("enqueuedTimeUtc")?.GetDateTimeOffset() ?? throw new FormatException("enqueuedTimeUtc is missing.")),
        var other => throw new FormatException($"initialOffsetOptions has the type {other}."),
    };

    private static EventHubsRetryOptions ReadRetry(JsonElement? options)
    {
        var retry = new EventHubsRetryOptions();
        if (options.Find("mode")?.GetString() is { } mode) retry.Mode = Enum.Parse<EventHubsRetryMode>(mode, ignoreCase: true);
        if (options.Find("tryTimeout").AsTime() is { } tryTimeout) retry.TryTimeout = tryTimeout;
        if (options.Find("delay").AsTime() is { } delay) retry.Delay = delay;
        if (options.Find("maximumDelay").AsTime() is { } maximum) retry.MaximumDelay = maximum;
        if (options.Find("maximumRetries")?.GetInt32() is { } count) retry.MaximumRetries = count;
        return retry;
    }
}
