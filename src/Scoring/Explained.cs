using Changeling.Events;
using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>One event's raw score and the contributions that make it.</summary>
public sealed class Explained
{
    private readonly LaunchModel _model;
    private readonly ProcessEvent _event;
    private readonly FeatureVector _features;

    internal Explained(LaunchModel model, ProcessEvent processEvent)
    {
        (_model, _event) = (model, processEvent);
        _features = FeatureExtractor.Extract(processEvent);
        Whole = model.Whole.Margin(_features.Values, _features.Grams);
        Act = model.ActMargin(_features);
    }

    /// <summary>The margin of the whole launch, in log-odds before calibration.</summary>
    public double Whole { get; }

    /// <summary>The margin of the act alone, in the same unit.</summary>
    public double Act { get; }

    /// <summary>The margin of the prediction, which both make (<see cref="ReadingBalance"/>).</summary>
    public double Margin => _model.Balance.Margin(Whole, Act);

    /// <summary>
    /// From where the reasons start: the mean margin over the training rows. All reasons and this sum to <see cref="Margin"/>.
    /// </summary>
    public double Expectation => IsBound
        ? _model.Act.Expectation - _model.Balance.MaxAcquittal
        : (WholeShare * _model.Whole.Expectation) + ((1 - WholeShare) * _model.Act.Expectation);

    private bool IsBound => _model.Balance.IsBound(Whole, Act);

    private double WholeShare => IsBound ? 0 : _model.Balance.WholeShare;

    /// <summary>The features with the largest effect, strongest first.</summary>
    /// <param name="most">Maximum number of reasons, at least 1.</param>
    public IReadOnlyList<PredictionReason> Reasons(int most)
    {
        var (byFeature, byGram) = (new Dictionary<int, double>(), new Dictionary<int, double>());
        Add(_model.Whole, _features.Grams, WholeShare, byFeature, byGram);
        Add(_model.Act, _features.ActGrams, 1 - WholeShare, byFeature, byGram);
        var features = byFeature.ToList();
        var names = FeatureExtractor.Describe(_event, [.. features.Select(c => c.Key)]);
        var gramNames = SparseGrams.Describe(_event, byGram.Keys.ToHashSet());
        return Features.Reasons.Strongest(
            _event,
            names.Zip(features, (name, c) => (name, c.Value)).Concat(byGram.Select(g => (gramNames[g.Key], g.Value))),
            most);
    }

    private void Add(ModelPair pair, int[] grams, double share, Dictionary<int, double> byFeature, Dictionary<int, double> byGram)
    {
        if (share == 0) return;
        foreach (var (feature, weight) in pair.Trees.Contributions(_features.Values))
            byFeature[feature] = byFeature.GetValueOrDefault(feature) + (share * weight);
        foreach (var gram in grams)
        {
            if (pair.Linear.Weights[gram] is not 0 and var weight) byGram[gram] = byGram.GetValueOrDefault(gram) + (share * weight);
        }
    }
}
