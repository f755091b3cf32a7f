using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// Distinguishes an outage, after which the batch is retried, from a permanent refusal, and describes what to do.
/// </summary>
public static class StorageFaults
{
    /// <summary>
    /// Whether an exception of an Azure client means that the store refuses, throttles or cannot be reached now: 401, 403,
    /// 404, 408, 429, 5xx, no answer at all, or no token. A cancellation by the caller is not an outage.
    /// </summary>
    public static bool IsOutage(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException failed => failed.Status is 0 or 401 or 403 or 404 or 408 or 429 or >= 500,
        AuthenticationFailedException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException many => many.InnerExceptions.All(inner => IsOutage(inner, cancellationToken)),
        IOException or HttpRequestException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The exception that makes the host deliver the batch again.</summary>
    /// <param name="store">The store, as an operator knows it: <c>container deadletters</c>.</param>
    /// <param name="exception">The client's exception.</param>
    public static StoreUnavailableException Unavailable(string store, Exception exception)
    {
        var status = (First(exception) as RequestFailedException)?.Status ?? 0;
        var (what, fix) = status switch
        {
            401 or 403 => ("refuses the app", "give the app's identity its data role on the account"),
            404 => ("does not exist", "deploy the templates, which create it"),
            408 or 429 => ("is throttling", "wait, or raise the account's limits"),
            >= 500 => ("returned an error", "wait, or look at the account's health"),
            _ when First(exception) is AuthenticationFailedException => ("cannot be opened without a token", "check the app's identity"),
            _ => ("cannot be reached", "check Storage:AccountName, the network and the account's health"),
        };
        var answer = status == 0 ? "" : $" ({status})";
        return new StoreUnavailableException($"{store} {what}{answer}: {fix}.", exception);
    }

    /// <summary>Sends a request to a store, and turns an outage into a <see cref="StoreUnavailableException"/>.</summary>
    /// <param name="store">The store, as an operator knows it.</param>
    /// <param name="ask">The request.</param>
    /// <param name="cancellationToken">The caller's token; its cancellation is not an outage.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    internal static async Task<T> AskAsync<T>(string store, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (IsOutage(exception, cancellationToken))
        {
            throw Unavailable(store, exception);
        }
    }

    private static Exception First(Exception exception) =>
        exception is AggregateException { InnerExceptions: [var first, ..] } ? First(first) : exception;
}
