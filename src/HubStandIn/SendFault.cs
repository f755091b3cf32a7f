namespace Changeling.HubStandIn;

/// <summary>The fault that a hub applies to a message from a client.</summary>
public enum SendFault
{
    /// <summary>It is stored and accepted.</summary>
    None,

    /// <summary>Nothing is stored; the answer is <c>com.microsoft:server-busy</c>, and the client retries after a pause.</summary>
    Throttle,

    /// <summary>It is stored, but the link is closed without an answer: the client retries, and the events are stored twice.</summary>
    LoseAnswer,
}
