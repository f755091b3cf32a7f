namespace Changeling.Core.Tests.Histories;

/// <summary>What becomes of one request to a store. A request that changes nothing knows only the first three.</summary>
internal enum StepFault
{
    None,

    /// <summary>The store is away: nothing is changed, and the caller gets an error.</summary>
    Unavailable,

    /// <summary>The process dies before the request is sent.</summary>
    Dies,

    /// <summary>The change is made, but the answer never comes.</summary>
    DoneAnswerLost,

    /// <summary>The connection breaks before anything is changed; the caller cannot know.</summary>
    NotDoneAnswerLost,

    /// <summary>The change is made and then the process dies.</summary>
    DoneThenDies,
}
