namespace Changeling.Ancestry;

/// <summary>
/// Processes in the order in which they were seen, linked with each other: each is in the order of all and in that of its host.
/// </summary>
/// <param name="order">Which of the two it is.</param>
internal sealed class SeenOrder(SeenOrder.Of order)
{
    private SeenEntry? _newest;

    public enum Of
    {
        All,
        Host,
    }

    public int Count { get; private set; }

    public SeenEntry? Oldest { get; private set; }

    /// <summary>The processes, the oldest first.</summary>
    public IEnumerable<SeenProcess> Processes
    {
        get
        {
            for (var entry = Oldest; entry is not null; entry = Links(entry).After) yield return entry.Process;
        }
    }

    public void Add(SeenEntry entry)
    {
        Links(entry).Before = _newest;
        if (_newest is null) Oldest = entry;
        else Links(_newest).After = entry;
        _newest = entry;
        Count++;
    }

    public void Remove(SeenEntry entry)
    {
        var (before, after) = Links(entry);
        if (before is null) Oldest = after;
        else Links(before).After = after;
        if (after is null) _newest = before;
        else Links(after).Before = before;
        Count--;
    }

    private ref (SeenEntry? Before, SeenEntry? After) Links(SeenEntry entry) => ref order == Of.All ? ref entry.InAll : ref entry.InHost;
}

/// <summary>A process that is remembered.</summary>
internal sealed class SeenEntry(SeenProcess process, HostProcesses host)
{
    public (SeenEntry? Before, SeenEntry? After) InAll;

    public (SeenEntry? Before, SeenEntry? After) InHost;

    public SeenProcess Process => process;

    public HostProcesses Host => host;

    /// <summary>Characters of its texts.</summary>
    public int Length { get; } = process.Length;
}
