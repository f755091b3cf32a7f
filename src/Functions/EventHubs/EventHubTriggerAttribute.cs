using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Changeling.Functions.EventHubs;

/// <summary>
/// Binds a parameter to the batches of an Event Hub. The host knows the trigger by this class's name and its properties by theirs. Defined
/// here, because the worker's extension package would add the host's part to every build. That part is added only when publishing.
/// </summary>
/// <param name="eventHubName">The hub, or <c>%SETTING%</c>.</param>
[AttributeUsage(AttributeTargets.Parameter)]
[BindingCapabilities(KnownBindingCapabilities.FunctionLevelRetry)]
[InputConverter(typeof(EventDataConverter))]
public sealed class EventHubTriggerAttribute(string eventHubName) : TriggerBindingAttribute
{
    /// <summary>The hub, or <c>%SETTING%</c>.</summary>
    public string EventHubName { get; } = eventHubName;

    /// <summary>Name of the setting, or of the section of settings, that defines the connection to the namespace.</summary>
    public string? Connection { get; set; }

    /// <summary>The consumer group, or <c>%SETTING%</c>.</summary>
    public string? ConsumerGroup { get; set; }

    /// <summary>Whether an invocation receives many messages.</summary>
    [DefaultValue(true)]
    public bool IsBatched { get; set; } = true;
}
