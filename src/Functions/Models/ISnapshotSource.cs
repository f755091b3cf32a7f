namespace Changeling.Functions.Models;

/// <summary>Hands out the snapshot that an invocation pins.</summary>
internal interface ISnapshotSource
{
    /// <summary>The current snapshot, immutable; a reload takes effect with the next read.</summary>
    /// <exception cref="StoreUnavailableException">No model has been loaded yet; the batch is to be tried again.</exception>
    PipelineSnapshot Current { get; }

    /// <summary>Version of the current model; null while none is loaded.</summary>
    string? ModelVersion { get; }
}
