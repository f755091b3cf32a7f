using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Scoring;
using Changeling.Storing;

namespace Changeling.Benchmarking.Stages;

/// <summary>The pipeline of the app with counts in memory.</summary>
internal static class MemoryPipeline
{
    /// <summary>
    /// Processes batches on the calling thread. Counts and remembered launches are new in each call, as after a start of the app.
    /// </summary>
    /// <returns>Number of events that were scored.</returns>
    public static long Run(IReadOnlyList<EventBatch> batches, BenchOptions options, IBaselineStore? store = null)
    {
        var snapshot = new PipelineSnapshot(new MlModel(options.Model), options.Prior, options.Rules);
        var pipeline = new BatchPipeline(
            store ?? new InMemoryBaselineStore(), new NoDeadLetters(), new PipelineSettings { EmitAfter = TimeSpan.Zero });
        var scored = 0L;
        foreach (var batch in batches)
        {
            var outcome = pipeline.ProcessAsync(batch, snapshot, CancellationToken.None);
            if (!outcome.IsCompletedSuccessfully)
                throw new InvalidOperationException("The pipeline left the thread whose time is measured.", outcome.Exception);
            scored += outcome.Result.Scored;
        }

        return scored;
    }

    /// <summary>A sample has no dead letters.</summary>
    private sealed class NoDeadLetters : IDeadLetterStore
    {
        public Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"A record of the sample could not be read: {letters[0].Reason}.");
    }
}
