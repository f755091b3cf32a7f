using Changeling.Events;
using Changeling.Features;

namespace Changeling.TestSupport;

/// <summary>A model for tests of what comes after the prediction: malicious is a command line that holds the word <c>evil</c>.</summary>
public sealed class WordModel : IModel
{
    private int _predictions;
    private int _explanations;
    private int _exact;

    public ModelIdentity Identity { get; init; } = new("word", new string('0', 64), 1, 0.5);

    public Prediction Predict(Launch launch)
    {
        Interlocked.Increment(ref _predictions);
        var commandLine = launch.Fields.CommandLine ?? "";
        if (commandLine.Contains("throw", StringComparison.Ordinal)) throw new InvalidOperationException("a fault in the model");
        return commandLine.Contains("evil", StringComparison.Ordinal) ? new Prediction(0.97, true) : new Prediction(0.02, false);
    }

    /// <summary>How often it was asked for a prediction.</summary>
    public int Predictions => _predictions;

    /// <summary>How often it was asked for reasons.</summary>
    public int Explanations => _explanations;

    /// <summary>How often it was asked for exact ones.</summary>
    public int ExactExplanations => _exact;

    public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most, bool isExact)
    {
        Interlocked.Increment(ref _explanations);
        if (isExact) Interlocked.Increment(ref _exact);
        if (processEvent.Child.CommandLine?.Contains("riddle", StringComparison.Ordinal) == true)
            throw new InvalidOperationException("a fault in the explanation");
        return [new("command_line.word", 2.5)];
    }
}
