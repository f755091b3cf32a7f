using Changeling.Events;

namespace Changeling.Ancestry;

/// <summary>
/// Where a launch stands in its tree: the processes of a partition's hosts whose starts were seen last, by host and by the sensor's id or
/// the process id. In memory only, and bounded for each host and in all. A process that is not found is unknown, not absent.
/// </summary>
public sealed class SeenProcesses
{
    /// <summary>Maximum number of processes.</summary>
    public const int Most = 4096;

    /// <summary>Maximum number of one host's, so that a busy host leaves room for the others.</summary>
    public const int MostOfHost = 256;

    /// <summary>Maximum number of characters of all texts, 2 MB: enough for the most processes with ordinary command lines.</summary>
    public const int MaxCharacters = 1024 * 1024;

    /// <summary>Levels above a launch that are looked up.</summary>
    public const int MaxLevels = 4;

    /// <summary>A child's clock may be so much behind its parent's.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, HostProcesses> _hosts = new(StringComparer.Ordinal);
    private readonly SeenOrder _all = new(SeenOrder.Of.All);
    private long _characters;

    /// <summary>All, in the order in which they were seen.</summary>
    public IReadOnlyCollection<SeenProcess> All => [.. _all.Processes];

    /// <summary>Remembers a launch that can be found again. A launch that is seen again takes the place of the first.</summary>
    public void Add(SeenProcess process)
    {
        if (!process.IsKept) return;
        if (!_hosts.TryGetValue(process.Host, out var host)) _hosts[process.Host] = host = new();
        var entry = new SeenEntry(process, host);
        _all.Add(entry);
        _characters += entry.Length;
        if (host.Add(entry) is { } before) Remove(before);
        if (host.Order.Count > MostOfHost) Remove(host.Order.Oldest!);
        while (_all.Count > Most || _characters > MaxCharacters) Remove(_all.Oldest!);
    }

    /// <summary>The processes above a launch, its parent first.</summary>
    /// <returns>At most <see cref="MaxLevels"/>; none for a launch whose parent is unknown. The last one may be a name alone.</returns>
    public IReadOnlyList<Ancestor> AncestorsOf(ProcessEvent e)
    {
        var ancestors = new List<Ancestor>();
        var (named, time) = (NamedParent.Of(e), e.Time);
        while (named is not null && ancestors.Count < MaxLevels)
        {
            var seen = Find(e.Host.Name, named, time);
            ancestors.Add(seen is null
                ? new(named.Name, named.Guid, named.Pid, named.CommandLine, null)
                : new(seen.Name, seen.Guid, seen.Pid, seen.CommandLine ?? named.CommandLine, new(seen.Probability, Age(seen, e.Time))));
            (named, time) = (seen?.Parent, seen?.Started ?? time);
        }

        return ancestors;
    }

    private static TimeSpan Age(SeenProcess seen, DateTimeOffset at) => at > seen.Started ? at - seen.Started : TimeSpan.Zero;

    /// <summary>The process that a launch names as its parent: of the same name, and not started later.</summary>
    private SeenProcess? Find(string host, NamedParent named, DateTimeOffset time) =>
        _hosts.GetValueOrDefault(host)?.Find(named) is { } found && found.Name == named.Name && found.Started <= time + Tolerance
            ? found
            : null;

    private void Remove(SeenEntry entry)
    {
        _all.Remove(entry);
        _characters -= entry.Length;
        entry.Host.Remove(entry);
        if (entry.Host.Order.Count == 0) _hosts.Remove(entry.Process.Host);
    }
}
