using Confluent.Kafka;

namespace Changeling.Cli.Hubs;

/// <summary>What the client says is wrong while it goes on trying: the reason behind a time-out.</summary>
internal sealed class ClientTrouble
{
    private volatile string? _sentence;

    /// <summary>The last trouble with a fix, as part of a sentence.</summary>
    public string? Sentence => _sentence;

    public void Note(Error error) => _sentence = error.Code switch
    {
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed =>
            $"the hub refuses you ({Printable.Of(error.Reason).TrimEnd('.')}); you need the role Azure Event Hubs Data Sender or Receiver on it, and 'az login'",
        ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_Resolve =>
            "the namespace cannot be reached; check its name, the network, and that the tier has a Kafka endpoint (Standard or above)",
        _ => _sentence,
    };
}
