using System.CommandLine;
using Changeling.Counts;
using Changeling.Rarity;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline prior PARENT</c>: shows what a new deployment knows about a parent before it has counts.</summary>
internal static class PriorCommand
{
    private const int MaxOfClass = 10;

    /// <summary>A name that no program has, so no prior contains it.</summary>
    private const string NoProgram = "?";

    public static Command Create(CliConsole console)
    {
        var parent = new Argument<string>("PARENT") { Description = "File name of the parent, for example winword.exe." };
        var prior = ShippedOptions.Prior(console);
        var command = new Command("prior", "Show what the prior contains for a parent.") { parent, prior };
        command.SetAction(
            (parsed, _) =>
                Verb.RunAsync(
                    console,
                    () => Task.FromResult(Show(console, parsed.GetRequiredValue(parent), InstalledFiles.Prior(parsed.GetValue(prior))))));
        return command;
    }

    private static int Show(CliConsole console, string name, Prior prior)
    {
        var parent = LineageName.Fold(name.ToLowerInvariant());
        var parentClass = ParentClassifier.Classify(parent, null);
        console.Out.MarkupLineInterpolated($"[bold]{parent}[/], class {parentClass}, prior {prior.Version}");

        var empty = new ParentHistory(parent, [], HalfLife.Never);
        string RarityOf(string child) =>
            $"{RarityEstimator.Rate(empty, FleetParent.None, parentClass, child, prior, prior.Calibration).Score:0.0}";
        var children = prior.ChildrenOf(parent);
        if (children.Count > 0)
        {
            Show(console, "launches, damped", children.Select(c => (c.Child, $"{c.Launches:0.0}", RarityOf(c.Child))));
            return Verb.Success;
        }

        var usual = prior.ChildrenIn(parentClass);
        console.Out.MarkupLineInterpolated(
            $"The prior contains no launch by this parent: every child is new and rated by what parents of class {parentClass} start{(usual.Count == 0 ? "; it contains none of those either" : "")}.");
        if (usual.Count > 0)
            Show(
                console,
                $"share in class {parentClass}",
                usual.Take(MaxOfClass).Select(c => (c.Child, $"{c.Share:P1}", RarityOf(c.Child))));
        console.Out.MarkupLineInterpolated(
            $"{(usual.Count == 0 ? "Any child" : $"Any child that is not among the {usual.Count:N0} of its class")}: rarity {RarityOf(NoProgram)} before anything is counted.");
        return Verb.Success;
    }

    private static void Show(CliConsole console, string measure, IEnumerable<(string Child, string Measure, string Rarity)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("child", measure, "rarity before anything is counted");
        foreach (var (child, value, rarity) in rows) table.AddRow(new Text(child), new Text(value), new Text(rarity));
        console.Out.Write(table);
    }
}
