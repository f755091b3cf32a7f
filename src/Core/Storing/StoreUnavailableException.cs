namespace Changeling.Storing;

/// <summary>
/// A store or hub refuses requests, throttles or cannot be reached. The batch fails and the host delivers it again, so nothing is lost.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which store, what it answered, and what to do about it; no secrets, no event content.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which store, what it answered, and what to do about it; no secrets, no event content.</param>
    /// <param name="innerException">The client's exception.</param>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
