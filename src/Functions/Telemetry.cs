using System.Diagnostics;
using Changeling.Events;

namespace Changeling.Functions;

/// <summary>The names under which this app is traced and measured, and its only activity source.</summary>
internal static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Changeling";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>
    /// Starts the span of one batch, a child of the host's span where it sent a <c>traceparent</c>. Internal, because the host has told
    /// of the request already: Application Insights would count another one.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="host">The host's span; default without one.</param>
    public static Activity? StartBatch(EventBatch batch, ActivityContext host)
    {
        // Else the server's own activity, which nobody exports, would be the parent.
        if (host == default) Activity.Current = null;
        var activity = Source.StartActivity("changeling.batch", ActivityKind.Internal, host);
        activity?.SetTag("messaging.destination.name", batch.Partition.Hub);
        activity?.SetTag("messaging.destination.partition.id", batch.Partition.Id);
        activity?.SetTag("messaging.batch.message_count", batch.Messages.Count);
        return activity;
    }

    /// <summary>Says in a batch's span what it came to: counts only.</summary>
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

    /// <summary>The host's span, from the request's headers; damaged ones are as none.</summary>
    public static ActivityContext HostSpan(IHeaderDictionary headers) =>
        ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var context) ? context : default;
}
