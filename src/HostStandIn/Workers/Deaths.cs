namespace Changeling.HostStandIn.Workers;

/// <summary>
/// Counts crashes as the host does: the window is measured from the previous crash only.
/// </summary>
internal sealed class Deaths(TimeProvider time)
{
    private const int StopAt = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private DateTimeOffset _last;

    public int Count { get; private set; }

    /// <summary>Records a crash.</summary>
    /// <returns>Whether the host stops.</returns>
    public bool Add()
    {
        var now = time.GetUtcNow();
        if (now - _last > Window) Count = 0;
        _last = now;
        Count++;
        return Count >= StopAt;
    }
}
