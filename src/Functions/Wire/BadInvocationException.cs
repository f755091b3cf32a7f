namespace Changeling.Functions.Wire;

/// <summary>A request that is not the host's envelope, or whose metadata is damaged. Answered 500: no partition is ever guessed.</summary>
internal sealed class BadInvocationException : Exception
{
    public BadInvocationException()
    {
    }

    /// <param name="message">What is missing or wrong, by its name on the wire; no event content.</param>
    public BadInvocationException(string message)
        : base(message)
    {
    }

    public BadInvocationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
