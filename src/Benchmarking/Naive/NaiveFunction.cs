using System.Text.Json;
using Changeling.Benchmarking.Samples;
using Changeling.Events;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Changeling.Benchmarking.Naive;

/// <summary>
/// The function that everybody writes first: JsonDocument, the text featurizer of ML.NET on paths and command lines of child and parent,
/// and a PredictionEngine. No decoding, no counts, no rules.
/// </summary>
internal sealed class NaiveFunction
{
    private const int TrainedOn = 3_000;
    private const int Passes = 20;

    private readonly PredictionEngine<NaiveLaunch, Guess> _engine;

    private NaiveFunction(PredictionEngine<NaiveLaunch, Guess> engine) => _engine = engine;

    /// <summary>Trains a small model on simulated launches.</summary>
    public static NaiveFunction Train()
    {
        var context = new MLContext(seed: 1);
        var launches = SampleEvents.Of(TrainedOn).Messages.SelectMany(m => m.Events).Select(e => Labelled(e.Event));
        var text = context.Transforms.Text;
        var model = text.FeaturizeText("A", nameof(NaiveLaunch.Image))
            .Append(text.FeaturizeText("B", nameof(NaiveLaunch.CommandLine)))
            .Append(text.FeaturizeText("C", nameof(NaiveLaunch.ParentImage)))
            .Append(text.FeaturizeText("D", nameof(NaiveLaunch.ParentCommandLine)))
            .Append(context.Transforms.Concatenate("Features", "A", "B", "C", "D"))
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(new()
            {
                LabelColumnName = nameof(NaiveLaunch.Label),
                MaximumNumberOfIterations = Passes,
                NumberOfThreads = 1,
            }))
            .Fit(context.Data.LoadFromEnumerable(launches));
        return new(context.Model.CreatePredictionEngine<NaiveLaunch, Guess>(model));
    }

    /// <summary>Scores the launches of one message.</summary>
    /// <returns>Number of launches.</returns>
    public int Score(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var count = 0;
        foreach (var launch in NaiveFormats.Launches(document.RootElement))
        {
            _engine.Predict(launch);
            count++;
        }

        return count;
    }

    /// <summary>Any label will do: the time of a prediction does not depend on what was learnt.</summary>
    private static NaiveLaunch Labelled(ProcessEvent e) => new()
    {
        Image = e.Child.Path ?? "",
        CommandLine = e.Child.CommandLine ?? "",
        ParentImage = e.Parent?.Path ?? "",
        ParentCommandLine = e.Parent?.CommandLine ?? "",
        Label = e.Child.Name is "powershell.exe" or "cmd.exe" or "rundll32.exe" or "mshta.exe",
    };

    private sealed class Guess
    {
        [ColumnName("Probability")]
        public float Probability { get; set; }
    }
}
