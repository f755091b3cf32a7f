using System.Text.Json;

namespace Changeling.HostStandIn.Workers;

/// <summary>The binding that starts a function.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">For example <c>eventHubTrigger</c>.</param>
internal sealed record TriggerBinding(string Name, string Type)
{
    public const string EventHub = "eventHubTrigger";
    public const string Timer = "timerTrigger";

    /// <summary>The Event Hub's name; a <c>%SETTING%</c> is not resolved yet. Null with other triggers.</summary>
    public string? Hub { get; private init; }

    /// <summary>The consumer group, as <see cref="Hub"/>; null for the default one.</summary>
    public string? ConsumerGroup { get; private init; }

    /// <summary>The name of the setting that holds the connection.</summary>
    public string? Connection { get; private init; }

    /// <summary>Whether it takes a batch of whole AMQP messages, the only form that this stand-in sends.</summary>
    public bool TakesMessages { get; private init; }

    /// <summary>Finds the trigger among a function's bindings.</summary>
    /// <param name="function">The function's name, for the error.</param>
    /// <param name="rawBindings">One JSON object a binding.</param>
    /// <exception cref="HostFailedException">There is no trigger.</exception>
    public static TriggerBinding Read(string function, IEnumerable<string> rawBindings)
    {
        foreach (var raw in rawBindings)
        {
            using var document = JsonDocument.Parse(raw);
            var binding = document.RootElement;
            if (Text(binding, "type") is { } type && type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase))
                return Read(binding, type);
        }

        throw new HostFailedException($"The function {function} has no trigger.");
    }

    private static TriggerBinding Read(JsonElement binding, string type) => new(Text(binding, "name")!, type)
    {
        Hub = Text(binding, "eventHubName"),
        ConsumerGroup = Text(binding, "consumerGroup"),
        Connection = Text(binding, "connection"),
        TakesMessages = Text(binding, "cardinality") == "Many"
            && binding.TryGetProperty("properties", out var properties) && Text(properties, "supportsDeferredBinding") == "True",
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
