namespace Changeling.HubStandIn.Links;

/// <summary>
/// The credit of a reader: messages that it asked for and that were not sent yet. AMQPNetLite reports only the difference to the limit it
/// remembers, and it forgets the rest of the credit whenever a client does not raise the limit. This class therefore keeps both limits.
/// </summary>
/// <remarks>
/// Changed only by the holder of the turn on the connection, so that no message is sent between the library's sum and this one.
/// </remarks>
internal sealed class LinkCredit
{
    private long _sent;
    private long _limit;
    private long _libraryLimit;

    /// <summary>Messages that may be sent now.</summary>
    public long Left => Math.Max(0, Volatile.Read(ref _limit) - Volatile.Read(ref _sent));

    /// <summary>Applies a flow frame of the client.</summary>
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
