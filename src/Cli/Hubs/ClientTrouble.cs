using Confluent.Kafka;

namespace Changeling.Cli.Hubs;

/// <summary>What the client says is wrong while it goes on trying: the reason behind a time-out.</summary>
internal sealed class ClientTrouble
{
    private volatile string? _refusal;
    private volatile string? _distance;

    /// <summary>The trouble with its fix, as part of a sentence; a refusal says more than the broken connections that follow it.</summary>
    public string? Sentence => _refusal ?? _distance;

    public void Note(Error error)
    {
        _refusal = Refusal(error) ?? _refusal;
        _distance = Distance(error) ?? _distance;
    }

    private static string? Refusal(Error error) => error.Code switch
    {
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed =>
            $"the hub refuses you ({Printable.Of(error.Reason).TrimEnd('.')}); you need the role Azure Event Hubs Data Sender or Receiver on it, and 'az login'",
        _ => null,
    };

    private static string? Distance(Error error) => error.Code switch
    {
        ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_Resolve =>
            "it cannot be reached; check the name, the network, and that the namespace's tier has a Kafka endpoint (Standard or above)",
        _ => null,
    };
}
