namespace Changeling.Hosting.Invocations;

/// <summary>
/// A failed invocation, with a message for the host. The message names settings, stores and types, and contains no event content.
/// </summary>
public sealed class InvocationFailedException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public InvocationFailedException()
    {
    }

    /// <summary>Creates the exception with the message that the host receives.</summary>
    public InvocationFailedException(string message)
        : base(message)
    {
    }

    /// <summary>
    /// Creates the exception with a cause. The host also receives the cause's text, so it must not contain event content.
    /// </summary>
    public InvocationFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
