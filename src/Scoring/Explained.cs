using System.Buffers;
using Changeling.Events;
using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>One event's raw score and the contributions that make it.</summary>
public sealed class Explained
{
    private readonly LaunchModel _model;
    private readonly Launch _launch;
    private readonly FeatureVector _features;

    internal Explained(LaunchModel model, ProcessEvent processEvent)
    {
        (_model, _launch) = (model, Launch.Of(processEvent));
        _features = FeatureExtractor.Extract(_launch);
        (Whole, Act) = model.Margins(_features.Spans);
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
    /// <param name="isExact">Shapley values, or only the changes along each tree's path (<see cref="IModel.Explain"/>).</param>
    public IReadOnlyList<PredictionReason> Reasons(int most, bool isExact = true)
    {
        var (features, grams) = (_features.Values.Length, _features.Grams.Length);
        var rented = ArrayPool<double>.Shared.Rent((2 * features) + grams);
        var byFeature = rented.AsSpan(0, features);
        var changes = rented.AsSpan(features, features);
        var byGram = rented.AsSpan(2 * features, grams);
        byFeature.Clear();
        byGram.Clear();
        Add(_model.Whole, _features.Grams, WholeShare, byFeature, byGram, changes, isExact);
        Add(_model.Act, _features.ActGrams, 1 - WholeShare, byFeature, byGram, changes, isExact);
        var reasons = Features.Reasons.Strongest(_launch, _features, byFeature, byGram, most);
        ArrayPool<double>.Shared.Return(rented);
        return reasons;
    }

    private void Add(
        ModelPair pair, int[] grams, double share, Span<double> byFeature, Span<double> byGram, Span<double> changes, bool isExact)
    {
        if (share == 0) return;
        changes.Clear();
        if (isExact) pair.Trees.AddContributions(_features.Values, changes);
        else pair.Trees.AddPathChanges(_features.Values, changes);
        for (var f = 0; f < changes.Length; f++) byFeature[f] += share * changes[f];

        // Both are ascending, and the grams of the act are some of all.
        var at = 0;
        foreach (var gram in grams)
        {
            while (_features.Grams[at] < gram) at++;
            byGram[at] += share * pair.Linear.Weights[gram];
        }
    }
}
