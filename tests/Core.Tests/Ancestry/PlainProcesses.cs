using Changeling.Ancestry;

namespace Changeling.Core.Tests.Ancestry;

/// <summary>What <see cref="SeenProcesses"/> promise about the processes of a host, in lists that are searched from the end.</summary>
internal sealed class PlainProcesses
{
    private readonly List<SeenProcess> _ever = [];

    public List<SeenProcess> Kept { get; } = [];

    public void Add(SeenProcess process)
    {
        if (!process.IsKept) return;
        var before = process.Guid is { } guid ? ByGuid(process.Host, guid) : ByPid(process.Host, process.Pid!.Value);
        _ever.Add(process);
        Kept.Add(process);
        if (before is not null && (process.Guid is not null || before.Started == process.Started)) Remove(before);
        var host = Kept.FindAll(p => p.Host == process.Host);
        if (host.Count > SeenProcesses.MostOfHost) Remove(host[0]);
    }

    public SeenProcess? Find(string host, NamedParent named) =>
        (named.Guid is { } guid ? ByGuid(host, guid) : null) ?? (named.Pid is { } pid ? ByPid(host, pid) : null);

    private SeenProcess? ByGuid(string host, string guid) =>
        IfKept(_ever.FindLast(p => p.Host == host && string.Equals(p.Guid, guid, StringComparison.OrdinalIgnoreCase)));

    private SeenProcess? ByPid(string host, uint pid) => IfKept(_ever.FindLast(p => p.Host == host && p.Pid == pid));

    private SeenProcess? IfKept(SeenProcess? process) => Kept.Exists(p => ReferenceEquals(p, process)) ? process : null;

    private void Remove(SeenProcess process) => Kept.RemoveAt(Kept.FindIndex(p => ReferenceEquals(p, process)));
}
