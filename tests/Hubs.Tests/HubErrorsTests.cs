using System.Net.Sockets;
using Azure.Identity;
using Azure.Messaging.EventHubs;

namespace Changeling.Hubs.Tests;

/// <summary>What the stand-in cannot answer: the sentences for what only Azure says.</summary>
public class HubErrorsTests
{
    private const string Quoted = "powershell.exe -enc secret";

    public static TheoryData<Exception, string> Sentences => new()
    {
        { Of(EventHubsException.FailureReason.ServiceBusy),
            "is throttling (ServiceBusy); wait, or raise the namespace's throughput units." },
        { Of(EventHubsException.FailureReason.QuotaExceeded), "has reached a limit (QuotaExceeded); check" },
        { Of(EventHubsException.FailureReason.ServiceTimeout), "did not answer in time (ServiceTimeout); wait" },
        { Of(EventHubsException.FailureReason.ConsumerDisconnected),
            "gives the partition to another reader (ConsumerDisconnected); read through a consumer group of your own." },
        { Of(EventHubsException.FailureReason.GeneralError), "returned an error (GeneralError); wait" },
        { new UnauthorizedAccessException(Quoted),
            "refuses access (Unauthorized); the identity needs the role Some Role on it; with a connection string, check its key." },
        { new CredentialUnavailableException(Quoted),
            "cannot be opened without a token (Unauthenticated); sign in with 'az login', or check the app's identity." },
        { new SocketException((int)SocketError.HostNotFound),
            "cannot be reached (ServiceCommunicationProblem); check the namespace's name" },
        { new TaskCanceledException(Quoted), "did not answer in time (ServiceTimeout); wait" },
        { new InvalidOperationException(Quoted),
            "refuses the request (InvalidOperationException); check the namespace's tier and limits." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_failure_is_a_sentence_of_ours_that_quotes_nobody(Exception exception, string sentence)
    {
        var error = HubErrors.Unavailable("detections", "Some Role", exception);

        Assert.True(HubErrors.IsOutage(exception, TestContext.Current.CancellationToken));
        Assert.StartsWith($"hub 'detections' {sentence}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Same(exception, error.InnerException);
    }

    [Fact]
    public void Neither_the_caller_s_cancellation_nor_a_fault_of_ours_is_an_outage()
    {
        Assert.False(HubErrors.IsOutage(new TaskCanceledException(), new CancellationToken(canceled: true)));
        Assert.False(HubErrors.IsOutage(new KeyNotFoundException(), CancellationToken.None));
    }

    private static EventHubsException Of(EventHubsException.FailureReason reason) => new("detections", Quoted, reason);
}
