namespace Changeling.Events;

/// <summary>Keeps dead letters.</summary>
public interface IDeadLetterStore
{
    /// <summary>
    /// Keeps the dead letters of one chunk, before the chunk is committed. Writing the same first position again replaces
    /// what was kept under it, so a replay leaves no second copy.
    /// </summary>
    /// <param name="partition">The event partition that they are from.</param>
    /// <param name="letters">At least one, in order of position.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached now; the batch is to be tried again.</exception>
    Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
