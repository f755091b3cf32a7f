namespace Changeling.Events;

/// <summary>One partition of one Event Hub.</summary>
/// <param name="Hub">The Event Hub's name.</param>
/// <param name="Id">The partition id as Event Hubs gives it: <c>0</c>, <c>1</c>, …</param>
public readonly record struct EventPartition(string Hub, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Hub}/{Id}";
}
