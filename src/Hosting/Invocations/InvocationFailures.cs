using Changeling.Hosting.Observing;
using Changeling.Storing;

namespace Changeling.Hosting.Invocations;

/// <summary>
/// Handles failed invocations: they are counted and logged, and the host receives a message without event content. The host writes it to
/// its own log, and the message of another library's exception may quote an event.
/// </summary>
/// <param name="metrics">Counts the failure.</param>
/// <param name="health">Receives the last failure.</param>
/// <param name="logger">Receives type and stack.</param>
public sealed class InvocationFailures(PipelineMetrics metrics, InstanceHealth health, ILogger<InvocationFailures> logger)
{
    /// <summary>Records a failure and creates the exception for the host.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">The invocation's token, which shows whether the host cancelled it.</param>
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
