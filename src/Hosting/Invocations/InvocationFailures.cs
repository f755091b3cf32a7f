using Changeling.Hosting.Observing;
using Changeling.Storing;

namespace Changeling.Hosting.Invocations;

/// <summary>
/// What happens when an invocation fails: it is counted and logged, and the host gets a sentence of ours. The host writes what it
/// receives to its own log, and a foreign exception's message may quote an event.
/// </summary>
/// <param name="metrics">Where it is counted.</param>
/// <param name="health">Where the last failure stands.</param>
/// <param name="logger">Where type and stack go.</param>
public sealed class InvocationFailures(PipelineMetrics metrics, InstanceHealth health, ILogger<InvocationFailures> logger)
{
    /// <summary>Notes a failure and makes the exception that may leave.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">The invocation's: whether the host gave it up.</param>
    public InvocationFailedException Note(string function, Exception exception, CancellationToken cancellationToken)
    {
        var outcome = OutcomeOf(exception, cancellationToken);
        var sentence = SentenceFor(function, exception, cancellationToken);
        metrics.Failed(outcome);
        health.Fail(outcome, sentence);
        if (exception is StoreUnavailableException) Log.Unavailable(logger, sentence);
        else if (exception is InvocationFailedException) Log.BadInvocation(logger, sentence);
        else Log.Failed(logger, function, exception.GetType().Name, exception.StackTrace?.ReplaceLineEndings(" ") ?? "");
        return new InvocationFailedException(sentence);
    }

    private static string OutcomeOf(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        StoreUnavailableException => "unavailable",
        InvocationFailedException => "bad_request",
        OperationCanceledException when cancellationToken.IsCancellationRequested => "aborted",
        _ => "failed",
    };

    private static string SentenceFor(string function, Exception exception, CancellationToken cancellationToken) => exception switch
    {
        StoreUnavailableException or InvocationFailedException => exception.Message,
        OperationCanceledException when cancellationToken.IsCancellationRequested => $"{function} was cancelled by the host.",
        _ => $"{function} failed with {exception.GetType().Name}.",
    };
}
