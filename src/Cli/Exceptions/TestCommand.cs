using System.CommandLine;

namespace Changeling.Cli.Exceptions;

/// <summary><c>changeling exceptions test ITEM.json FILE|DIR…</c>: shows what it would have hidden, and changes nothing.</summary>
internal static class TestCommand
{
    public static Command Create(CliConsole console)
    {
        var file = new Argument<string>("ITEM.json") { Description = "The exception." }.AsPath(console);
        var history = new Argument<string[]>("FILE|DIR")
        {
            Description = "Recorded telemetry as for 'changeling backtest', or the detections that a backtest wrote with --output.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var groups = new Option<string?>("--groups")
        {
            Description = "Host groups, as groups.json in container exceptions.",
            HelpName = "groups.json",
        }.AsOptionalPath(console);
        var dryRun = new DryRunOptions(console);
        var command = new Command(
            "test",
            "Show what an exception would have hidden in recorded telemetry, and change nothing.") { file, history, groups };
        dryRun.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (item, _) = await ItemFile.ReadAsync(parsed.GetRequiredValue(file), console, cancellation);
            var known = await ItemFile.GroupsAsync(parsed.GetValue(groups), console, cancellation);
            if (StoredExceptions.UnknownGroups(item, known) is [var unknown, ..])
                throw new CliException($"{item.Id} names host group '{unknown}', which is not defined; pass its file with --groups.");
            if (StoredExceptions.FieldThatClustersLack(item) is { } lack) throw new CliException($"{item.Id} can never match: {lack}.");
            DryRunText.Show(
                console.Out, item.Id, await dryRun.RunAsync(parsed, parsed.GetRequiredValue(history), item, [], known, cancellation));
            return Verb.Success;
        }));
        return command;
    }
}
