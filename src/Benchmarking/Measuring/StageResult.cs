namespace Changeling.Benchmarking.Measuring;

/// <summary>What one stage takes.</summary>
public sealed record StageResult
{
    /// <summary>The name: one of <see cref="BenchOptions.Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the time is the processor time of one thread; else it is elapsed time.</summary>
    public required bool IsThreadTime { get; init; }

    /// <summary>Events in one repetition.</summary>
    public required long Events { get; init; }

    /// <summary>Number of repetitions behind each figure.</summary>
    public required int Repetitions { get; init; }

    /// <summary>Events in a second.</summary>
    public required Figure EventsPerSecond { get; init; }

    /// <summary>Microseconds for an event.</summary>
    public required Figure MicrosecondsPerEvent { get; init; }

    /// <summary>Bytes allocated for an event; <see langword="null"/> where another process does the work.</summary>
    public required double? AllocatedBytesPerEvent { get; init; }

    /// <summary>More figures of this stage, by the name of their key.</summary>
    public IReadOnlyDictionary<string, double> More { get; init; } = new Dictionary<string, double>();

    /// <summary>The same stage with different numbers of event partitions.</summary>
    public IReadOnlyDictionary<int, StageResult> ByPartitions { get; init; } = new Dictionary<int, StageResult>();

    internal static StageResult Of(string name, bool isThreadTime, IReadOnlyList<Repetition> repetitions) => new()
    {
        Name = name,
        IsThreadTime = isThreadTime,
        Events = repetitions[0].Events,
        Repetitions = repetitions.Count,
        EventsPerSecond = Figure.Of(repetitions.Select(r => r.EventsPerSecond)),
        MicrosecondsPerEvent = Figure.Of(repetitions.Select(r => r.MicrosecondsPerEvent)),
        AllocatedBytesPerEvent = repetitions[0].AllocatedBytes is null
            ? null
            : Figure.Of(repetitions.Select(r => (double)r.AllocatedBytes! / r.Events)).Median,
        More = repetitions.SelectMany(r => r.More)
            .GroupBy(m => m.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Figure.Of(g.Select(m => m.Value)).Median, StringComparer.Ordinal),
    };
}
