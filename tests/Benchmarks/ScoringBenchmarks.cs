using BenchmarkDotNet.Attributes;
using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;
using Changeling.Simulation;

namespace Changeling.Benchmarks;

/// <summary>From events to probabilities: the events of 1,000 messages, no two with the same command line.</summary>
[MemoryDiagnoser]
public class ScoringBenchmarks
{
    private readonly MlModel _model =
        new(ModelPackage.ReadFile(Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models"), "*.zip").Single()));

    private IReadOnlyList<ProcessEvent> _events = [];
    private IReadOnlyList<Launch> _launches = [];

    [GlobalSetup]
    public void Simulate()
    {
        _events = Fleet.Events(Fleet.Of(SimulationOptions.MixedFormats, isDistinct: true));
        _launches = [.. _events.Select(Launch.Of)];
    }

    /// <summary>The text of each launch: decoded, folded and searched.</summary>
    [Benchmark]
    public int Text()
    {
        var count = 0;
        foreach (var e in _events) count += Launch.Of(e) is null ? 0 : 1;
        return count;
    }

    /// <summary>The features of launches whose text is read.</summary>
    [Benchmark]
    public int Features()
    {
        var count = 0;
        foreach (var launch in _launches) count += FeatureRoom.OfThread.Read(launch).ActGrams.Length;
        return count;
    }

    /// <summary>Text, features, trees and linear models.</summary>
    [Benchmark]
    public double Predict()
    {
        var sum = 0.0;
        foreach (var e in _events) sum += _model.Predict(e).Probability;
        return sum;
    }
}
