namespace Changeling.Core.Tests.Histories;

/// <summary>What a record of a made-up history is, before it becomes bytes.</summary>
internal enum RecordKind
{
    /// <summary>A process creation with a believable parent.</summary>
    Launch,

    /// <summary>A process creation whose parent is no program: scored, never counted.</summary>
    Orphan,

    /// <summary>A process creation at which the model throws.</summary>
    Faulty,

    /// <summary>A process creation that the store refuses for good, even alone.</summary>
    Refused,

    /// <summary>No process creation at all: skipped, counts nothing.</summary>
    Other,
}

/// <summary>One record.</summary>
internal sealed record HubRecord(RecordKind Kind, string Parent, string Child, string Host, bool Evil, DateTimeOffset Time, string Guid);

/// <summary>One message on the hub; without records it is a body that is no JSON.</summary>
internal sealed record HubMessage(int Epoch, long Number, DateTimeOffset Enqueued, IReadOnlyList<HubRecord> Records)
{
    public bool IsBroken => Records.Count == 0;
}
