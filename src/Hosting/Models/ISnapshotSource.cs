using Changeling.Deciding;
using Changeling.Storing;

namespace Changeling.Hosting.Models;

/// <summary>Provides the snapshot for an invocation.</summary>
public interface ISnapshotSource
{
    /// <summary>
    /// The current, immutable snapshot. A reload takes effect with the next call. Right after a start this waits for the first model, so
    /// that invocations do not fail.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">
    /// Nothing was loaded within the maximum wait. The batch must be retried.
    /// </exception>
    Task<PipelineSnapshot> WaitAsync(CancellationToken cancellationToken);

    /// <summary>Version of the current model; <see langword="null"/> while none is loaded.</summary>
    string? ModelVersion { get; }
}
