namespace Changeling.HubStandIn;

/// <summary>What a hub does to a message that a client sends.</summary>
public enum SendFault
{
    /// <summary>It is stored, and the client learns so.</summary>
    None,

    /// <summary>Nothing is stored; the client is told <c>com.microsoft:server-busy</c>, and tries again after a pause.</summary>
    Throttle,

    /// <summary>It is stored, but the link is closed without an answer: the client tries again, and the events are there twice.</summary>
    LoseAnswer,
}
