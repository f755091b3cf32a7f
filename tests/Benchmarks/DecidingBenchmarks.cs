using BenchmarkDotNet.Attributes;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Features;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.Simulation;
using Changeling.Storing;

namespace Changeling.Benchmarks;

/// <summary>
/// From messages to decisions: rarity, rules, counts and ancestry of 1,000 messages, with a model that costs nothing. What reading takes is
/// in <see cref="ReadingBenchmarks"/>.
/// </summary>
[MemoryDiagnoser]
public class DecidingBenchmarks
{
    private readonly PipelineSnapshot _snapshot = new(
        new FreeModel(), PriorFile.Read(Path.Combine(AppContext.BaseDirectory, "models", "prior.json")), RuleSet.Shipped);

    private EventBatch _batch = new(new("telemetry", "0"), []);

    [GlobalSetup]
    public void Simulate() => _batch = _batch with
    {
        Messages = [.. Fleet.Of(SimulationOptions.MixedFormats).Select((m, i) => new TelemetryMessage(i, m.EnqueuedTime, m.Body))],
    };

    [Benchmark]
    public async Task<int> Decide()
    {
        var settings = new PipelineSettings { EmitAfter = TimeSpan.Zero };
        var pipeline = new BatchPipeline(new InMemoryBaselineStore(), new NoDeadLetters(), settings);
        return (await pipeline.ProcessAsync(_batch, _snapshot, CancellationToken.None)).Scored;
    }

    /// <summary>Gives every launch the same low probability.</summary>
    private sealed class FreeModel : IModel
    {
        private static readonly Prediction Harmless = new(0.001, IsMalicious: false);

        public ModelIdentity Identity { get; } = new("1.0.0", new string('0', 64), FeatureSchema.Version, 0.5);

        public Prediction Predict(Launch launch) => Harmless;

        public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most, bool isExact) => [];
    }

    private sealed class NoDeadLetters : IDeadLetterStore
    {
        public Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"A record could not be read: {letters[0].Reason}.");
    }
}
