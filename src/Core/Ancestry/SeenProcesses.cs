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
    private readonly LinkedList<SeenProcess> _all = new();
    private long _characters;

    /// <summary>All, in the order in which they were seen.</summary>
    public IReadOnlyCollection<SeenProcess> All => _all;

    /// <summary>Remembers a launch that can be found again. A launch that is seen again takes the place of the first.</summary>
    public void Add(SeenProcess process)
    {
        if (!process.IsKept) return;
        if (!_hosts.TryGetValue(process.Host, out var host)) _hosts[process.Host] = host = new();
        var before = host.Same(process);
        host.Add(_all.AddLast(process));
        _characters += process.Length;
        if (before is not null) Remove(host, before);
        if (host.Count > MostOfHost) Remove(host, host.Oldest);
        while (_all.Count > Most || _characters > MaxCharacters) Remove(_hosts[_all.First!.Value.Host], _all.First);
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

    private void Remove(HostProcesses host, LinkedListNode<SeenProcess> node)
    {
        _all.Remove(node);
        _characters -= node.Value.Length;
        host.Remove(node);
        if (host.Count == 0) _hosts.Remove(node.Value.Host);
    }

    /// <summary>One host's processes.</summary>
    private sealed class HostProcesses
    {
        private readonly Dictionary<string, LinkedListNode<SeenProcess>> _byGuid = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<uint, LinkedListNode<SeenProcess>> _byPid = [];
        private readonly LinkedList<LinkedListNode<SeenProcess>> _order = new();
        private readonly Dictionary<LinkedListNode<SeenProcess>, LinkedListNode<LinkedListNode<SeenProcess>>> _places = [];

        public int Count => _order.Count;

        public LinkedListNode<SeenProcess> Oldest => _order.First!.Value;

        public void Add(LinkedListNode<SeenProcess> node)
        {
            if (node.Value.Guid is { } guid) _byGuid[guid] = node;
            if (node.Value.Pid is { } pid) _byPid[pid] = node;
            _places[node] = _order.AddLast(node);
        }

        public void Remove(LinkedListNode<SeenProcess> node)
        {
            if (node.Value.Guid is { } guid && _byGuid.GetValueOrDefault(guid) == node) _byGuid.Remove(guid);
            if (node.Value.Pid is { } pid && _byPid.GetValueOrDefault(pid) == node) _byPid.Remove(pid);
            _places.Remove(node, out var place);
            _order.Remove(place!);
        }

        /// <summary>The same process, seen before: by the sensor's id, or by process id and time where there is none.</summary>
        public LinkedListNode<SeenProcess>? Same(SeenProcess process) => process switch
        {
            { Guid: { } guid } => _byGuid.GetValueOrDefault(guid),
            { Pid: { } pid } when _byPid.GetValueOrDefault(pid) is { } node && node.Value.Started == process.Started => node,
            _ => null,
        };

        public SeenProcess? Find(NamedParent named)
        {
            if (named.Guid is { } guid && _byGuid.TryGetValue(guid, out var node)) return node.Value;
            return named.Pid is { } pid && _byPid.TryGetValue(pid, out node) ? node.Value : null;
        }
    }
}
