namespace Changeling.Hosting.Invocations;

/// <summary>
/// An invocation that failed, in a sentence that may leave this process: it names settings, stores and types, and quotes no event.
/// </summary>
public sealed class InvocationFailedException : Exception
{
    /// <summary>Without a sentence.</summary>
    public InvocationFailedException()
    {
    }

    /// <summary>With the sentence that the host receives.</summary>
    public InvocationFailedException(string message)
        : base(message)
    {
    }

    /// <summary>With a cause. The host receives its text too, so it must quote no event.</summary>
    public InvocationFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
