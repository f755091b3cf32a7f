namespace Changeling.HostStandIn;

/// <summary>The app cannot be run; the message says what to do.</summary>
public sealed class HostFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public HostFailedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public HostFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public HostFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
