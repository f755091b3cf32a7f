using Changeling.Functions.Observing;

namespace Changeling.Functions.Wire;

/// <summary>
/// The outermost middleware: whatever happens inside, the host gets a JSON object with an explicit status. An empty 2xx
/// would leave the invocation open until the function timeout; another content type would fail it without a word.
/// </summary>
internal sealed class AlwaysAnswers(RequestDelegate next, PipelineMetrics metrics, InstanceHealth health, ILogger<AlwaysAnswers> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted) await AnswerForAsync(context);
        }
        catch (Exception exception)
        {
            var (status, outcome) = Judge(exception, context.RequestAborted);
            metrics.Failed(outcome);
            health.Fail(outcome, SentenceFor(exception));
            Tell(exception, status);

            // Half an answer must not pass for a whole one: the broken connection fails the invocation.
            if (context.Response.HasStarted) context.Abort();
            else await JsonAnswer.WriteErrorAsync(context.Response, status, SentenceFor(exception));
        }
    }

    private static (int Status, string Outcome) Judge(Exception exception, CancellationToken aborted) => exception switch
    {
        StoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, "unavailable"),
        BadInvocationException => (StatusCodes.Status500InternalServerError, "bad_request"),
        BadHttpRequestException bad => (bad.StatusCode, "bad_request"),
        OperationCanceledException when aborted.IsCancellationRequested => (StatusCodes.Status500InternalServerError, "aborted"),
        _ => (StatusCodes.Status500InternalServerError, "failed"),
    };

    /// <summary>Only our own sentences leave: a foreign exception's message may quote an event.</summary>
    private static string SentenceFor(Exception exception) => exception switch
    {
        StoreUnavailableException or BadInvocationException => exception.Message,
        BadHttpRequestException => "The request could not be read.",
        _ => $"The batch failed with {exception.GetType().Name}.",
    };

    private void Tell(Exception exception, int status)
    {
        if (exception is StoreUnavailableException) Log.Unavailable(logger, exception.Message);
        else if (exception is BadInvocationException) Log.BadInvocation(logger, exception.Message);
        else Log.Failed(logger, status, exception.GetType().Name, exception.StackTrace?.ReplaceLineEndings(" ") ?? "");
    }

    /// <summary>Nothing was written: an unknown path, a wrong method, or a fault of ours.</summary>
    private static Task AnswerForAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => JsonAnswer.WriteErrorAsync(context.Response, 404, "There is no function of this name."),
        StatusCodes.Status405MethodNotAllowed => JsonAnswer.WriteErrorAsync(context.Response, 405, "A function is called with POST."),
        >= 400 and var status => JsonAnswer.WriteErrorAsync(context.Response, status, "The request was refused."),
        _ => JsonAnswer.WriteErrorAsync(context.Response, 500, "The function gave no answer."),
    };
}
