using System.Text.RegularExpressions;

namespace Changeling.HubStandIn;

/// <summary>The options of a <see cref="HubServer"/>.</summary>
public sealed partial record HubServerOptions
{
    /// <summary>The event hubs; at least one, each name once.</summary>
    public required IReadOnlyList<HubDefinition> Hubs { get; init; }

    /// <summary>The port on 127.0.0.1.</summary>
    /// <value>0 to 65,535; 0, the default, chooses a free port.</value>
    public int Port { get; init; }

    /// <summary>Maximum size of a message from a producer. A whole batch of events is one message.</summary>
    /// <value>Bytes, at least 1,024; 1 MiB by default, as in the Standard tier.</value>
    public int MaxMessageBytes { get; init; } = 1024 * 1024;

    /// <summary>The clock of enqueued times and of <see cref="HubFaults.AnswerDelay"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Check()
    {
        if (Hubs.Count == 0) throw new ArgumentException("A server needs at least one hub.");
        if (Port is < 0 or > 65_535) throw new ArgumentException($"{Port} is not a port.");
        if (MaxMessageBytes < 1024) throw new ArgumentException("MaxMessageBytes must be 1,024 or more.");
        foreach (var hub in Hubs)
        {
            if (!HubName().IsMatch(hub.Name)) throw new ArgumentException($"'{hub.Name}' is not the name of an event hub.");
            if (hub.Partitions is < 1 or > 1024)
                throw new ArgumentException($"Hub {hub.Name} needs 1 to 1,024 partitions, not {hub.Partitions}.");
            if (hub.MaxEventsPerPartition < 1)
                throw new ArgumentException($"Hub {hub.Name} must keep at least one event in each partition.");
        }

        if (Hubs.DistinctBy(hub => hub.Name, StringComparer.OrdinalIgnoreCase).Count() < Hubs.Count)
            throw new ArgumentException("Two hubs have the same name.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,255}$")]
    private static partial Regex HubName();
}
