using System.Diagnostics;
using Changeling.Events;
using Changeling.Pipeline;

namespace Changeling.Hosting.Observing;

/// <summary>The names of this app's activity source and meter, and its only activity source.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Changeling";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>
    /// Starts the span of one batch, below the worker's own span where there is one, otherwise below the host's. Internal, because the
    /// host has reported the invocation already: Application Insights would count another request.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="host">The host's span; default without one.</param>
    public static Activity? StartBatch(EventBatch batch, ActivityContext host)
    {
        var parent = Activity.Current?.Context ?? host;
        var activity = Source.StartActivity("changeling.batch", ActivityKind.Internal, parent);
        activity?.SetTag("messaging.destination.name", batch.Partition.Hub);
        activity?.SetTag("messaging.destination.partition.id", batch.Partition.Id);
        activity?.SetTag("messaging.batch.message_count", batch.Messages.Count);
        return activity;
    }

    /// <summary>Adds the result of a batch to its span: counts only.</summary>
    public static void Add(this Activity? activity, BatchOutcome outcome)
    {
        activity?.SetTag("changeling.records", outcome.Records);
        activity?.SetTag("changeling.scored", outcome.Scored);
        activity?.SetTag("changeling.replayed", outcome.Replayed);
        activity?.SetTag("changeling.malicious", outcome.Malicious);
        activity?.SetTag("changeling.dead_letters", outcome.DeadLetters.Values.Sum());
        activity?.SetTag("changeling.detections", outcome.Detections.Count);
        activity?.SetTag("changeling.commits", outcome.Commits);
    }

    /// <summary>The host's span, from the trace context of an invocation; an invalid one counts as missing.</summary>
    /// <param name="traceParent">W3C <c>traceparent</c>.</param>
    /// <param name="traceState">W3C <c>tracestate</c>.</param>
    public static ActivityContext HostSpan(string? traceParent, string? traceState) =>
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var context) ? context : default;
}
