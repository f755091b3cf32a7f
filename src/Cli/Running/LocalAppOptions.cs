namespace Changeling.Cli.Running;

/// <summary>What a run on this machine needs to know.</summary>
internal sealed record LocalAppOptions
{
    /// <summary>The built or published function app.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Of the emulator: counts, models, checkpoints.</summary>
    public required string StorageConnection { get; init; }

    /// <summary>Name of the set of counts.</summary>
    public required string Baseline { get; init; }

    /// <summary>Partitions of the telemetry hub.</summary>
    public required int Partitions { get; init; }

    /// <summary>More settings of the app.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Maximum messages of a batch; <see langword="null"/> as in host.json.</summary>
    public int? MaxBatchSize { get; init; }
}
