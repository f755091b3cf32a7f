using Changeling.Backtest.Reports;
using Changeling.Pages.Backtests;

namespace Changeling.Pages.Tests;

/// <summary>The tree of an incident from the flat list of its report, which may come from a file.</summary>
public sealed class ProcessTreeTests
{
    [Fact]
    public void Processes_stand_below_the_one_that_started_them_on_their_host()
    {
        var trees = ProcessTree.Of(Incident(("a", null), ("a", 0), ("a", 1), ("a", 0), ("b", null)));

        Assert.Equal(["a", "b"], trees.Select(t => t.Name));
        var root = Assert.Single(trees[0].Roots);
        Assert.Equal(["p1", "p3"], root.Children.Select(c => c.Process.Name));
        Assert.Equal("p2", Assert.Single(root.Children[0].Children).Process.Name);
    }

    [Fact]
    public void A_parent_that_cannot_be_is_as_if_it_were_unknown()
    {
        var trees = ProcessTree.Of(Incident(("a", 0), ("a", 7), ("a", -1)));

        Assert.Equal(3, Assert.Single(trees).Roots.Count);
    }

    [Fact]
    public void A_tree_of_any_depth_keeps_every_process_and_a_depth_that_fits_a_page()
    {
        var trees = ProcessTree.Of(Incident([.. Enumerable.Range(0, 400).Select(i => ("a", i == 0 ? (int?)null : i - 1))]));

        var (count, depth) = Measure(Assert.Single(trees).Roots);
        Assert.Equal(400, count);
        Assert.InRange(depth, 5, 15);
    }

    private static (int Count, int Depth) Measure(IReadOnlyList<ProcessNode> nodes)
    {
        var below = nodes.Select(n => Measure(n.Children)).ToList();
        return (nodes.Count + below.Sum(b => b.Count), nodes.Count == 0 ? 0 : 1 + below.Max(b => b.Depth));
    }

    private static IncidentReport Incident(params (string Host, int? Parent)[] processes) =>
        new("uid", default, null, ["a"], [], 0.9, "High", 90, [], 0)
        {
            Processes = [.. processes.Select((p, i) => new IncidentProcessReport(p.Host, p.Parent, $"p{i}", null, null))],
        };
}
