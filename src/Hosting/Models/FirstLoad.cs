using Changeling.Storing;

namespace Changeling.Hosting.Models;

/// <summary>
/// Lets invocations right after a start wait for the first model, rules and exceptions. Otherwise each instance would fail its first
/// batches at every deployment, and alerts on failures would be useless.
/// </summary>
/// <param name="time">The clock for the wait.</param>
internal sealed class FirstLoad(TimeProvider time)
{
    /// <summary>
    /// Maximum wait. Less than <c>functionTimeout</c> in host.json, so that the invocation fails with a message and the host does not stop
    /// the worker.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Waits until all are loaded.</summary>
    /// <param name="parts">The parts to wait for: their names for the error, and tasks that complete when they are loaded.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">A part was not loaded in time.</exception>
    public async Task WaitAsync(IReadOnlyList<(string Name, Task Loaded)> parts, CancellationToken cancellationToken)
    {
        if (parts.All(part => part.Loaded.IsCompletedSuccessfully)) return;
        try
        {
            await Task.WhenAll(parts.Select(part => part.Loaded)).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            var missing = parts.First(part => !part.Loaded.IsCompleted).Name;
            throw new StoreUnavailableException(
                $"The {missing} could not be loaded within {Patience.TotalMinutes} minutes: the log says why.");
        }
    }
}
