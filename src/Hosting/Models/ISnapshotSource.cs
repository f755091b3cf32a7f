using Changeling.Deciding;
using Changeling.Storing;

namespace Changeling.Hosting.Models;

/// <summary>Hands out the snapshot that an invocation pins.</summary>
public interface ISnapshotSource
{
    /// <summary>
    /// The current snapshot, immutable; a reload takes effect with the next call. Right after a start it waits for the first model, so that
    /// a cold start fails no invocation.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">
    /// Nothing could be loaded for so long that the invocation must end; the batch is to be tried again.
    /// </exception>
    Task<PipelineSnapshot> WaitAsync(CancellationToken cancellationToken);

    /// <summary>Version of the current model; <see langword="null"/> while none is loaded.</summary>
    string? ModelVersion { get; }
}
