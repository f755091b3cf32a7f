using System.Runtime.InteropServices;

namespace Changeling.Ancestry;

/// <summary>One host's processes that are remembered, by the sensor's id and by process id.</summary>
internal sealed class HostProcesses
{
    private readonly Dictionary<string, SeenEntry> _byGuid = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<uint, SeenEntry> _byPid = [];

    /// <summary>The processes, in the order in which they were seen.</summary>
    public SeenOrder Order { get; } = new(SeenOrder.Of.Host);

    /// <summary>Adds a process.</summary>
    /// <returns>
    /// The same process, if it was seen before: by the sensor's id, or by process id and time where there is none. It is to be removed.
    /// </returns>
    public SeenEntry? Add(SeenEntry entry)
    {
        Order.Add(entry);
        SeenEntry? same = null;
        if (entry.Process.Guid is { } guid) same = Put(_byGuid, guid, entry);
        if (entry.Process.Pid is not { } pid) return same;
        var before = Put(_byPid, pid, entry);
        return entry.Process.Guid is null && before?.Process.Started == entry.Process.Started ? before : same;
    }

    public void Remove(SeenEntry entry)
    {
        Order.Remove(entry);
        if (entry.Process.Guid is { } guid) Take(_byGuid, guid, entry);
        if (entry.Process.Pid is { } pid) Take(_byPid, pid, entry);
    }

    /// <summary>The process that a launch names as its parent.</summary>
    public SeenProcess? Find(NamedParent named)
    {
        if (named.Guid is { } guid && _byGuid.TryGetValue(guid, out var entry)) return entry.Process;
        return named.Pid is { } pid && _byPid.TryGetValue(pid, out entry) ? entry.Process : null;
    }

    private static SeenEntry? Put<TKey>(Dictionary<TKey, SeenEntry> entries, TKey key, SeenEntry entry)
        where TKey : notnull
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(entries, key, out _);
        var before = place;
        place = entry;
        return before;
    }

    /// <summary>Removes an entry from its key, unless a later one has taken it.</summary>
    private static void Take<TKey>(Dictionary<TKey, SeenEntry> entries, TKey key, SeenEntry entry)
        where TKey : notnull
    {
        if (entries.Remove(key, out var there) && there != entry) entries[key] = there;
    }
}
