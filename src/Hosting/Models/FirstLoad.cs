using Changeling.Storing;

namespace Changeling.Hosting.Models;

/// <summary>
/// Right after a start an invocation waits for what it needs, instead of failing: each instance would otherwise fail its first batches
/// at every deployment, and alerts would mean nothing.
/// </summary>
/// <param name="time">The clock of the wait.</param>
internal sealed class FirstLoad(TimeProvider time)
{
    /// <summary>
    /// Less than <c>functionTimeout</c> in host.json: an invocation that waits in vain ends with a sentence, and the worker lives on.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Waits until all are loaded.</summary>
    /// <param name="parts">What is loaded, in words for the error, and when that is done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">Something is not loaded in time.</exception>
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
