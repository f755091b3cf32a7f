using System.Text.Json;
using Changeling.Clusters;
using Changeling.Functions.Models;
using Changeling.Functions.Wire;

namespace Changeling.Functions.EvaluateClusters;

/// <summary>
/// The function <c>EvaluateClusters</c>, called every 5 minutes: evaluates the windows that closed, and hands over what is not known to
/// be sent. The retry policy matters: a later call that is no retry says that the host has dealt with the answer before.
/// </summary>
internal sealed class Endpoint(ClusterEvaluation evaluation, ClusterOutbox outbox, ISnapshotSource snapshots, PipelineMetrics metrics, ILogger<Endpoint> logger)
{
    /// <summary>Answers one invocation.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var cancelled = context.RequestAborted;
        var isRetry = await IsRetryAsync(context.Request.Body, cancelled);
        var snapshot = snapshots.Current;
        var outcome = await evaluation.RunAsync(snapshot.Rules, snapshot.Exceptions, cancelled);
        metrics.Suppressed(outcome.Suppressed);
        var detections = await outbox.NextAsync(isRetry, cancelled);

        var suppressed = outcome.Suppressed.Values.Sum();
        Log.ClustersEvaluated(logger, outcome.Windows, outcome.Entities, outcome.Detections, suppressed, detections.Count);
        var line = $"{outcome.Windows} windows, {outcome.Entities} entities, {outcome.Detections} new detections ({suppressed} suppressed), {detections.Count} handed over";
        await JsonAnswer.WriteAsync(context.Response, StatusCodes.Status200OK, InvocationReply.Write([.. detections.Select(d => d.Body)], line), cancelled);
        outbox.Answered(detections);
    }

    private static async Task<bool> IsRetryAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return json.RootElement.TryGetProperty("Metadata", out var metadata)
                && metadata.TryGetProperty("RetryContext", out var retry) && retry.ValueKind == JsonValueKind.Object
                && retry.TryGetProperty("RetryCount", out var count) && count.TryGetInt32(out var number) && number > 0;
        }
        catch (JsonException exception)
        {
            throw new BadInvocationException($"the timer's request is no JSON: {exception.Message}");
        }
    }
}
