using System.CommandLine;
using Changeling.Deciding;

namespace Changeling.Cli.RuleFiles;

/// <summary>The options that name a team's rules and exceptions, for commands that decide as the app does.</summary>
internal sealed class RuleOptions(CliConsole console)
{
    private readonly Option<string[]> _rules = new Option<string[]>("--rules")
    {
        Description = "Files of rules and thresholds as in container rules, or a folder with them. Default: the shipped rules.",
        HelpName = "FILE|DIR",
        AllowMultipleArgumentsPerToken = true,
    }.AsPaths(console);

    private readonly Option<string[]> _exceptions = new Option<string[]>("--exceptions")
    {
        Description = "Files of exceptions and groups.json as in container exceptions, or a folder with them. Default: none.",
        HelpName = "FILE|DIR",
        AllowMultipleArgumentsPerToken = true,
    }.AsPaths(console);

    public void AddTo(Command command)
    {
        command.Add(_rules);
        command.Add(_exceptions);
    }

    /// <summary>The names of the files.</summary>
    /// <exception cref="CliException">A file does not exist.</exception>
    public (IReadOnlyList<string> Rules, IReadOnlyList<string> Exceptions) Files(ParseResult parsed) =>
        (UserFiles.Of(parsed.GetValue(_rules) ?? []), UserFiles.Of(parsed.GetValue(_exceptions) ?? []));

    /// <summary>The shipped prior and model, or those named, with the rules and exceptions of some files.</summary>
    /// <exception cref="CliException">A file is not valid.</exception>
    public static PipelineSnapshot Snapshot(string? model, string? prior, IReadOnlyList<string> rules, IReadOnlyList<string> exceptions)
    {
        var set = UserFiles.Rules(rules);
        return new(InstalledFiles.Model(model), InstalledFiles.Prior(prior), set) { Exceptions = UserFiles.Exceptions(exceptions, set) };
    }
}
