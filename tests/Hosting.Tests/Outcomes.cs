using System.Text;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Features;
using Changeling.Pipeline;

namespace Changeling.Hosting.Tests;

/// <summary>Stand-ins for what the pipeline and the model answer, where a test is about the wire around them.</summary>
internal static class Outcomes
{
    public static BatchOutcome With(params string[] detections) => new()
    {
        Detections = [.. detections.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))],
        Skipped = new Dictionary<(string Format, string Kind), int>(),
        DeadLetters = new Dictionary<(string, string), int>(),
    };

    /// <summary>A model that is nothing but its version.</summary>
    public static PipelineSnapshot Snapshot(string version) => new(new NamedModel(version), null!, Rules.RuleSet.Shipped);

    public sealed class NamedModel(string version) : IModel
    {
        public ModelIdentity Identity { get; } = new(version, new string('0', 64), FeatureSchema.Version, 0.5);

        public Prediction Predict(Launch launch) => default;

        public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most, bool isExact) => [];
    }
}
