namespace Changeling.Incidents;

/// <summary>
/// The processes of an incident: its members, the parent of each, and the processes above that connect members. Two descriptions are of one
/// process if they have the same host and name, and the same sensor's id or, where one of them has none, the same process id.
/// </summary>
public sealed class IncidentTree
{
    /// <summary>Levels above a member that are read.</summary>
    public const int MaxLevels = 8;

    private IncidentTree(IReadOnlyList<TreeProcess> processes) => Processes = processes;

    /// <summary>
    /// The processes: hosts in order of their first step, then each process before those that it started, these in order of their first
    /// step.
    /// </summary>
    public IReadOnlyList<TreeProcess> Processes { get; }

    /// <summary>The tree of some members of one incident. The order of the list does not matter.</summary>
    /// <param name="members">The members; each is in the tree exactly once.</param>
    /// <param name="levels">Levels above a member that are read, 0 to <see cref="MaxLevels"/>.</param>
    public static IncidentTree Of(IEnumerable<IncidentMember> members, int levels = MaxLevels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(levels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, MaxLevels);
        var processes = new List<TreeProcess>();
        foreach (var host in members.InOrder().GroupBy(m => m.Signal.Host, StringComparer.Ordinal))
        {
            var onHost = new HostTree();
            var nodes = host.Select(onHost.Add).ToList();

            // What a member says of its own parent comes before what others say of it.
            foreach (var node in nodes) onHost.Connect(node, node.Member!.Signal.Ancestors.Take(Math.Min(levels, 1)));
            foreach (var node in nodes) onHost.Connect(node, node.Member!.Signal.Ancestors.Take(levels));
            Write(host.Key, onHost, processes);
        }

        return new(processes);
    }

    /// <summary>Depth first, without recursion: how deep a tree is, the senders decide.</summary>
    private static void Write(string host, HostTree tree, List<TreeProcess> processes)
    {
        var waiting = new Stack<(TreeNode Node, int? Parent)>(tree.Roots().Reverse().Select(root => (root, (int?)null)));
        while (waiting.TryPop(out var next))
        {
            var index = processes.Count;
            processes.Add(new(host, next.Parent, next.Node.Process, next.Node.Member));
            foreach (var child in next.Node.Children.OrderBy(c => c.Order).Reverse()) waiting.Push((child, index));
        }
    }
}

/// <summary>A process of an incident.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Parent">The index of the process that started it, lower than its own; <see langword="null"/> when unknown.</param>
/// <param name="Process">What is known of it.</param>
/// <param name="Member">The step that its start is; <see langword="null"/> for a process that only stands above members.</param>
public sealed record TreeProcess(string Host, int? Parent, SignalProcess Process, IncidentMember? Member);
