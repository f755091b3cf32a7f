using Changeling.Cli.Detections;

namespace Changeling.Cli.Tests.Detections;

public sealed class TreeRowTests
{
    private static readonly Look Lines = new(120, "→", "…", "├─ ", "└─ ", "│  ");

    [Fact]
    public void Lines_go_from_each_parent_to_its_children() => Assert.Equal(
        [
            "a",
            "├─ b",
            "│  ├─ c",
            "│  └─ d",
            "│     └─ e",
            "└─ f",
            "g",
        ],
        Draw(10, ("a", null), ("b", 0), ("c", 1), ("d", 1), ("e", 3), ("f", 0), ("g", null)));

    [Fact]
    public void Any_order_in_which_parents_come_first_gives_the_same_tree() => Assert.Equal(
        ["a", "├─ b", "│  └─ d", "└─ c", "   └─ e"],
        Draw(10, ("a", null), ("b", 0), ("c", 0), ("d", 1), ("e", 2)));

    [Fact]
    public void Lines_about_a_process_stand_beside_the_lines_to_what_is_below_it() => Assert.Equal(
        ["│  ", "│  │  ", "│        ", "      "],
        TreeRow.Of(Processes(("a", null), ("b", 0), ("c", 1), ("d", 0)), Lines, 10).Select(row => row.Below));

    [Fact]
    public void A_chain_stops_to_move_right_at_the_maximum_depth() => Assert.Equal(
        ["a", "└─ b", "   └─ c", "   └─ d", "   └─ e"],
        Draw(2, ("a", null), ("b", 0), ("c", 1), ("d", 2), ("e", 3)));

    [Fact]
    public void A_chain_of_ten_thousand_is_drawn() =>
        Assert.Equal(10_000, Draw(5, [.. Enumerable.Range(0, 10_000).Select(i => ($"p{i}", i == 0 ? (int?)null : i - 1))]).Count());

    private static IEnumerable<string> Draw(int maxDepth, params (string Name, int? Parent)[] processes) =>
        TreeRow.Of(Processes(processes), Lines, maxDepth).Select(row => row.First + row.Process.Name);

    private static List<ShownProcess> Processes(params (string Name, int? Parent)[] processes) =>
        [.. processes.Select(p => new ShownProcess { Name = p.Name, Parent = p.Parent })];
}
