using Changeling.Backtest.Reports;

namespace Changeling.Pages.Backtests;

/// <summary>The processes of an incident on one host.</summary>
/// <param name="Name">The host.</param>
/// <param name="Roots">The processes at the top.</param>
internal sealed record ProcessTree(string Name, IReadOnlyList<ProcessNode> Roots)
{
    /// <summary>Levels below this one are drawn on it, because how deep a tree is, the senders decide.</summary>
    private const int MaxDepth = 12;

    /// <summary>The trees of an incident, in order of the hosts' first steps.</summary>
    public static IReadOnlyList<ProcessTree> Of(IncidentReport incident)
    {
        var steps = incident.Steps.DistinctBy(s => s.Uid).ToDictionary(s => s.Uid, StringComparer.Ordinal);
        var nodes = new List<(ProcessNode Node, List<ProcessNode> Below)>();
        var hosts = new Dictionary<string, List<ProcessNode>>(StringComparer.Ordinal);
        foreach (var process in incident.Processes)
        {
            // A parent stands before its children; one that does not is as if it were unknown.
            var parent = process.Parent is { } place && place >= 0 && place < nodes.Count ? nodes[place] : default;
            var children = new List<ProcessNode>();
            var depth = parent.Node is { } above ? above.Depth + 1 : 0;
            var node = new ProcessNode(process, process.Step is { } uid ? steps.GetValueOrDefault(uid) : null, depth, children);
            if (parent.Node is not null) parent.Below.Add(node);
            else if (hosts.TryGetValue(process.Host, out var roots)) roots.Add(node);
            else hosts[process.Host] = [node];

            // What is below the last level goes beside it: to the list that this node is in itself.
            nodes.Add((node, depth < MaxDepth ? children : parent.Below));
        }

        return [.. hosts.Select(host => new ProcessTree(host.Key, host.Value))];
    }
}

/// <summary>A process in its tree.</summary>
/// <param name="Process">The process.</param>
/// <param name="Step">The step that its start is; <see langword="null"/> for a process that only connects steps.</param>
/// <param name="Depth">0 at the top.</param>
/// <param name="Children">The processes that it started.</param>
public sealed record ProcessNode(
    IncidentProcessReport Process, IncidentStepReport? Step, int Depth, IReadOnlyList<ProcessNode> Children);
