using Changeling.Events;

namespace Changeling.Storing;

/// <summary>Keeps dead letters.</summary>
public interface IDeadLetterStore
{
    /// <summary>
    /// Keeps the dead letters of one chunk, before the chunk is committed. Writing the same letters again makes no second copy. Letters of
    /// another division of the same messages do not replace those kept before.
    /// </summary>
    /// <param name="partition">The event partition that they are from.</param>
    /// <param name="letters">At least one, in order of position.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached now; the batch is to be tried again.</exception>
    Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
