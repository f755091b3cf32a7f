namespace Changeling.Incidents;

/// <summary>
/// The processes of one host while their tree is built. Members come in order of start, so that the first description of a process decides
/// where it stands.
/// </summary>
internal sealed class HostTree
{
    /// <summary>A child's clock may be so much behind its parent's, as in <c>SeenProcesses</c>.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private readonly List<TreeNode> _nodes = [];
    private readonly Dictionary<(string Name, string Guid), TreeNode> _byGuid = new(GuidComparer.Instance);
    private readonly Dictionary<(string Name, uint Pid), List<TreeNode>> _byPid = [];

    /// <summary>A member, which is a process of its own even if another one has the same ids: a launch that was reported twice.</summary>
    public TreeNode Add(IncidentMember member) => New(member.Signal.Process, member, _nodes.Count);

    /// <summary>Puts a member below the processes above it, as far as they agree with what is known already.</summary>
    public void Connect(TreeNode member, IEnumerable<SignalProcess> ancestors)
    {
        var (child, before) = (member, member.Started);
        foreach (var ancestor in ancestors)
        {
            var parent = child.Parent;
            if (parent is null)
            {
                parent = Find(ancestor, before) ?? New(ancestor, null, member.Order);
                if (!child.PutBelow(parent)) return;
            }
            else if (parent.Process.Name != ancestor.Name || !parent.MayBe(ancestor)) return;

            parent.Learn(ancestor);
            Index(parent);
            child = parent;
            if (parent.Member is not null && parent.Started < before) before = parent.Started;
        }
    }

    /// <summary>
    /// The processes at the top. A process that is no member is at the top only if it started a member or connects several branches.
    /// </summary>
    public IEnumerable<TreeNode> Roots() => _nodes
        .Where(node => node.Parent is null)
        .Select(Lowest)
        .OrderBy(node => node.Order);

    private static TreeNode Lowest(TreeNode root)
    {
        while (root is { Member: null, Children: [{ Member: null } only] }) root = only;
        return root;
    }

    /// <summary>
    /// The process that is meant: by the sensor's id, or the last one that was started with the process id, because Windows uses an id
    /// again.
    /// </summary>
    private TreeNode? Find(SignalProcess ancestor, DateTimeOffset before)
    {
        if (ancestor.Guid is { } guid && _byGuid.TryGetValue((ancestor.Name, guid), out var same)) return same;
        return ancestor.Pid is { } pid && _byPid.TryGetValue((ancestor.Name, pid), out var candidates)
            ? candidates.Where(c => c.MayBe(ancestor) && c.Started <= before + Tolerance).MaxBy(c => c.Started)
            : null;
    }

    private TreeNode New(SignalProcess process, IncidentMember? member, int order)
    {
        var node = new TreeNode(process, member, order);
        _nodes.Add(node);
        Index(node);
        return node;
    }

    /// <summary>Makes a process findable by all ids that are known of it.</summary>
    private void Index(TreeNode node)
    {
        if (node.Process.Guid is { } guid) _byGuid.TryAdd((node.Process.Name, guid), node);
        if (node.Process.Pid is not { } pid) return;
        if (!_byPid.TryGetValue((node.Process.Name, pid), out var same)) _byPid[(node.Process.Name, pid)] = same = [];
        if (!same.Contains(node)) same.Add(node);
    }

    private sealed class GuidComparer : IEqualityComparer<(string Name, string Guid)>
    {
        public static readonly GuidComparer Instance = new();

        public bool Equals((string Name, string Guid) x, (string Name, string Guid) y) =>
            x.Name == y.Name && string.Equals(x.Guid, y.Guid, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Name, string Guid) key) =>
            HashCode.Combine(key.Name, StringComparer.OrdinalIgnoreCase.GetHashCode(key.Guid));
    }
}

/// <summary>A process while the tree is built.</summary>
/// <param name="process">What is known of it.</param>
/// <param name="member">The step that its start is, if it is one.</param>
/// <param name="order">The number of the first step that names it.</param>
internal sealed class TreeNode(SignalProcess process, IncidentMember? member, int order)
{
    private readonly List<TreeNode> _children = [];

    public SignalProcess Process { get; private set; } = process;

    public IncidentMember? Member { get; } = member;

    public int Order { get; } = order;

    public TreeNode? Parent { get; private set; }

    public IReadOnlyList<TreeNode> Children => _children;

    /// <summary>When it was started; for a process whose start is not known: before everything.</summary>
    public DateTimeOffset Started => Member?.Signal.Started ?? DateTimeOffset.MinValue;

    /// <summary>Whether no id that both have contradicts that they are one process.</summary>
    public bool MayBe(SignalProcess other) => (Process.Guid, other.Guid) is ({ } mine, { } its)
        ? string.Equals(mine, its, StringComparison.OrdinalIgnoreCase)
        : Process.Pid is null || other.Pid is null || Process.Pid == other.Pid;

    /// <summary>Takes over what another description of the same process adds.</summary>
    public void Learn(SignalProcess other)
    {
        if (Member is not null) return;
        Process = Process with
        {
            Guid = Process.Guid ?? other.Guid,
            Pid = Process.Pid ?? other.Pid,
            CommandLine = Process.CommandLine ?? other.CommandLine,
            Probability = Process.Probability ?? other.Probability,
        };
    }

    /// <summary>Puts it below a process.</summary>
    /// <returns>False where it stands below another one already, or would stand above itself.</returns>
    public bool PutBelow(TreeNode parent)
    {
        if (Parent is not null) return Parent == parent;
        for (var above = parent; above is not null; above = above.Parent)
        {
            if (above == this) return false;
        }

        Parent = parent;
        parent._children.Add(this);
        return true;
    }
}
