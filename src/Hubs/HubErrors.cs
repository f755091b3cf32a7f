using System.Net.Sockets;
using System.Net.WebSockets;
using Azure.Identity;
using Azure.Messaging.EventHubs;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// Converts errors of the client into messages: which hub, what it answered, what to do. No text of the service is quoted.
/// </summary>
internal static class HubErrors
{
    /// <summary>
    /// Whether an exception of the client means that the hub cannot be used now. The caller's own cancellation does not mean that.
    /// </summary>
    public static bool IsOutage(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        EventHubsException or AuthenticationFailedException or UnauthorizedAccessException => true,
        IOException or SocketException or WebSocketException or HttpRequestException or TimeoutException => true,

        // The client throws this for requests that the service rejects as not valid.
        InvalidOperationException or NotSupportedException or ArgumentException => true,
        _ => false,
    };

    /// <summary>The exception that makes the host deliver the batch again, or ends the command.</summary>
    /// <param name="hub">The hub's name.</param>
    /// <param name="role">The role in Azure that the operation needs.</param>
    /// <param name="exception">The client's exception.</param>
    public static StoreUnavailableException Unavailable(string hub, string role, Exception exception)
    {
        var (what, fix) = exception switch
        {
            EventHubsException failure => OfReason(failure.Reason),
            AuthenticationFailedException =>
                ("cannot be opened without a token (Unauthenticated)", "sign in with 'az login', or check the app's identity"),
            UnauthorizedAccessException =>
                ("refuses access (Unauthorized)", $"the identity needs the role {role} on it; with a connection string, check its key"),
            OperationCanceledException or TimeoutException => OfReason(EventHubsException.FailureReason.ServiceTimeout),
            IOException or SocketException or WebSocketException or HttpRequestException =>
                OfReason(EventHubsException.FailureReason.ServiceCommunicationProblem),
            _ => ($"refuses the request ({exception.GetType().Name})", "check the namespace's tier and limits"),
        };
        return new StoreUnavailableException($"hub '{hub}' {what}; {fix}.", exception);
    }

    private static (string What, string Fix) OfReason(EventHubsException.FailureReason reason) => reason switch
    {
        EventHubsException.FailureReason.ResourceNotFound =>
            ($"does not exist ({reason})", "check its name and that of the namespace, or create it"),
        EventHubsException.FailureReason.ServiceBusy => ($"is throttling ({reason})", "wait, or raise the namespace's throughput units"),
        EventHubsException.FailureReason.QuotaExceeded =>
            ($"has reached a limit ({reason})", "check the namespace's quotas; a consumer group allows five readers"),
        EventHubsException.FailureReason.MessageSizeExceeded =>
            ($"refuses a message as too large ({reason})", "send smaller messages, or use a larger tier"),
        EventHubsException.FailureReason.ConsumerDisconnected =>
            ($"gives the partition to another reader ({reason})", "read through a consumer group of your own"),
        EventHubsException.FailureReason.ServiceTimeout =>
            ($"did not answer in time ({reason})", "wait, or check the network and the namespace's health"),
        EventHubsException.FailureReason.ServiceCommunicationProblem =>
            ($"cannot be reached ({reason})", "check the namespace's name, the network and its firewall"),
        _ => ($"returned an error ({reason})", "wait, or check the namespace's health"),
    };
}
