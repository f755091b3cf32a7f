using System.CommandLine;
using Changeling.Rules;
using Spectre.Console;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules test FILE…</c>: checks files as the apps do, with their examples, and stores nothing.</summary>
internal static class TestCommand
{
    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE|DIR")
        {
            Description = "Files of rules or thresholds, or a folder with them.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var command = new Command("test", "Check rules or thresholds as the apps do, examples included. 'backtest --rules' counts alerts.")
        {
            files,
        };
        command.SetAction((parsed, _) => Verb.RunAsync(console, () =>
        {
            var names = UserFiles.Of(parsed.GetRequiredValue(files));
            var changes = UserFiles.Changes(names);
            UserFiles.Require(changes);
            foreach (var file in changes) console.Out.WriteLine($"{file.Name}: {Said(file.Change)}");
            return Task.FromResult(Verb.Success);
        }));
        return command;
    }

    private static string Said(IRuleChange change) => change is RuleDefinition rule
        ? $"rule {rule.Id} {Printable.Of(rule.Version)} is valid, {(rule.Enabled ? "on" : "off")}, {Examples(rule)}"
        : $"{change.Id} are valid";

    private static string Examples(RuleDefinition rule) => rule.Examples.Count switch
    {
        0 => "without examples of its own",
        1 => "as its example says",
        var many => $"as its {many} examples say",
    };
}
