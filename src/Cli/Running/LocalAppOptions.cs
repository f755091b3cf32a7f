namespace Changeling.Cli.Running;

/// <summary>The options of a run on this machine.</summary>
internal sealed record LocalAppOptions
{
    /// <summary>The built or published function app.</summary>
    public required string AppFolder { get; init; }

    /// <summary>Connection string of the emulator, for counts, models and checkpoints.</summary>
    public required string StorageConnection { get; init; }

    /// <summary>Name of the set of counts.</summary>
    public required string Baseline { get; init; }

    /// <summary>Partitions of the telemetry hub.</summary>
    public required int Partitions { get; init; }

    /// <summary>More settings of the app.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Maximum number of messages in a batch; <see langword="null"/> as in host.json.</summary>
    public int? MaxBatchSize { get; init; }
}
