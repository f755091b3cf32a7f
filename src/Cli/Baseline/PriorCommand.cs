using System.CommandLine;
using Changeling.Baseline;
using Changeling.Fleet;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline prior PARENT</c>: what a fresh deployment knows of a parent before it has seen anything.</summary>
internal static class PriorCommand
{
    public static Command Create()
    {
        var parent = new Argument<string>("PARENT") { Description = "File name of the parent, for instance winword.exe." };
        var prior = new Option<string?>("--prior") { Description = "A prior file; the shipped one if left out.", HelpName = "prior.json" };
        var command = new Command("prior", "Show what the shipped prior knows of a parent.") { parent, prior };
        command.SetAction((parsed, _) => Verb.RunAsync(() => Task.FromResult(Show(parsed.GetRequiredValue(parent), InstalledFiles.Prior(parsed.GetValue(prior))))));
        return command;
    }

    private static int Show(string name, Prior prior)
    {
        var parent = LineageName.Fold(name.ToLowerInvariant());
        var parentClass = ParentClassifier.Classify(parent, null);
        Terminal.Out.MarkupLineInterpolated($"[bold]{parent}[/], class {parentClass}, prior {prior.Version}");

        var children = prior.ChildrenOf(parent);
        if (children.Count == 0)
        {
            Terminal.Out.MarkupLineInterpolated($"The prior has seen no launch by it: every child is new, judged by what parents of class {parentClass} start.");
            return Verb.Success;
        }

        var empty = new ParentHistory(parent, [], HalfLife.Never);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("child", "launches, damped", "rarity before anything is counted");
        foreach (var (child, launches) in children)
        {
            var rarity = RarityEstimator.Rate(empty, FleetParent.None, parentClass, child, prior, prior.Calibration);
            table.AddRow(new Text(child), new Text($"{launches:0.0}"), new Text($"{rarity.Score:0.0}"));
        }

        Terminal.Out.Write(table);
        return Verb.Success;
    }
}
