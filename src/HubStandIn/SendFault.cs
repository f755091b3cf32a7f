namespace Changeling.HubStandIn;

/// <summary>What a hub does to a message that a client sends.</summary>
public enum SendFault
{
    /// <summary>It is stored and accepted.</summary>
    None,

    /// <summary>Nothing is stored; the answer is <c>com.microsoft:server-busy</c>, and the client retries after a pause.</summary>
    Throttle,

    /// <summary>It is stored, but the link is closed without an answer: the client retries, and the events are stored twice.</summary>
    LoseAnswer,
}
