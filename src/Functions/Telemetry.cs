using System.Diagnostics;
using Changeling.Events;

namespace Changeling.Functions;

/// <summary>The names under which this app is traced and measured, and its only activity source.</summary>
internal static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Changeling";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Starts the span of one batch, a child of the host's span where it sent a <c>traceparent</c>.</summary>
    public static Activity? StartBatch(EventBatch batch)
    {
        var activity = Source.StartActivity("ScoreTelemetry", ActivityKind.Consumer);
        activity?.SetTag("messaging.destination.name", batch.Partition.Hub);
        activity?.SetTag("messaging.destination.partition.id", batch.Partition.Id);
        activity?.SetTag("messaging.batch.message_count", batch.Messages.Count);
        return activity;
    }
}
