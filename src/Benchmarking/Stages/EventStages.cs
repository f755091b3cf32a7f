using System.Text.Json;
using Changeling.Benchmarking.Naive;
using Changeling.Benchmarking.Samples;
using Changeling.Events;
using Changeling.Features;
using Changeling.Pipeline;
using Changeling.Scoring;

namespace Changeling.Benchmarking.Stages;

/// <summary>The stages on one thread. Each contains the work of those before it: floor, read, features, model, pipeline.</summary>
internal static class EventStages
{
    /// <summary>Every JSON token is looked at, and nothing is made of it.</summary>
    public static Stage Floor(SampleEvents sample) => new ThreadStage("floor", () =>
    {
        foreach (var message in sample.Messages)
        {
            var json = new Utf8JsonReader(message.Body.Span);
            while (json.Read())
            {
                // A benchmark of reading alone.
            }
        }

        return sample.Count;
    });

    /// <summary>Messages become process events.</summary>
    public static Stage Read(SampleEvents sample) => new ThreadStage("read", () => Events(sample).LongCount());

    /// <summary>The features of each event, also of repeated launches.</summary>
    public static Stage Features(SampleEvents sample) => new ThreadStage("features", () =>
    {
        var count = 0L;
        foreach (var e in Events(sample))
        {
            FeatureRoom.OfThread.Read(Launch.Of(e));
            count++;
        }

        return count;
    });

    /// <summary>The probability of each event, also of repeated launches.</summary>
    public static Stage Model(SampleEvents sample, ModelPackage package)
    {
        var model = new MlModel(package);
        return new ThreadStage("model", () =>
        {
            var count = 0L;
            foreach (var e in Events(sample))
            {
                model.Predict(e);
                count++;
            }

            return count;
        });
    }

    /// <summary>From messages to decisions and detections, with counts in memory.</summary>
    public static Stage Pipeline(string name, SampleEvents sample, BenchOptions options)
    {
        var batches = sample.Batches(partitions: 4);
        return new ThreadStage(name, () => MemoryPipeline.Run(batches, options));
    }

    /// <summary>What a first attempt looks like.</summary>
    public static Stage Naive(SampleEvents sample, NaiveFunction function) =>
        new ThreadStage("naive", () => sample.Messages.Sum(message => (long)function.Score(message.Body)));

    private static IEnumerable<ProcessEvent> Events(SampleEvents sample)
    {
        var reader = new MessageReader(new PipelineSettings().Message);
        foreach (var message in sample.Messages)
        {
            foreach (var outcome in reader.Read(message.Body))
            {
                if (outcome is RecordOutcome.Read { Event: var e }) yield return e;
            }
        }
    }
}
