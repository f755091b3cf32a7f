namespace Changeling.HubStandIn.Links;

/// <summary>
/// How many messages a reader has asked for and not got yet. AMQPNetLite reports only by how much the limit differs from the one it
/// remembers, and forgets what is left whenever a client does not raise it; so this class keeps both limits.
/// </summary>
/// <remarks>Changed only by who has the turn on the connection, so that no message leaves between the library's sum and this one.</remarks>
internal sealed class LinkCredit
{
    private long _sent;
    private long _limit;
    private long _libraryLimit;

    /// <summary>Messages that may be sent now.</summary>
    public long Left => Math.Max(0, Volatile.Read(ref _limit) - Volatile.Read(ref _sent));

    /// <summary>Takes the client's word.</summary>
    /// <param name="change">The new limit, less the one that the library remembers.</param>
    public void Change(int change)
    {
        var limit = _libraryLimit + change;
        _libraryLimit = change > 0 ? limit : _sent;
        Volatile.Write(ref _limit, limit);
    }

    /// <summary>Counts a message that was handed to the library.</summary>
    public void Use() => Volatile.Write(ref _sent, _sent + 1);
}
