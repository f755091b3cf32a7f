using System.CommandLine;
using Changeling.Cli.Backtest;
using Changeling.Cli.Baseline;
using Changeling.Cli.Benchmarking;
using Changeling.Cli.DeadLetters;
using Changeling.Cli.Demo;
using Changeling.Cli.Exceptions;
using Changeling.Cli.Hubs;
using Changeling.Cli.Models;
using Changeling.Cli.Replay;
using Changeling.Cli.RuleFiles;
using Changeling.Cli.Scores;
using Changeling.Cli.Sources;

namespace Changeling.Cli;

/// <summary>The root command. Each command has a file of its own.</summary>
internal static class CliApp
{
    /// <summary>Runs one command to its end.</summary>
    /// <param name="args">The command and its arguments.</param>
    /// <param name="console">What it reads from and writes to.</param>
    /// <param name="cancellationToken">Ctrl-C: the command cleans up and ends.</param>
    /// <returns>The exit code: one of <see cref="Verb"/>.</returns>
    public static Task<int> RunAsync(string[] args, CliConsole console, CancellationToken cancellationToken)
    {
        var parsed = Root(console).Parse(args);
        if (UsageError.UnknownOption(parsed) is { } unknown)
        {
            console.Error.WriteLine($"changeling: {unknown}");
            return Task.FromResult(Verb.Usage);
        }

        if (parsed.Errors.Count > 0)
        {
            console.Error.WriteLine($"changeling: {UsageError.Sentence(parsed)}");
            return Task.FromResult(Verb.Usage);
        }

        // The program handles signals; a command only receives the token.
        var invocation = new InvocationConfiguration { Output = console.Lines, Error = console.Error, ProcessTerminationTimeout = null };
        return parsed.InvokeAsync(invocation, cancellationToken);
    }

    private static RootCommand Root(CliConsole console) => new(
        "Changeling detects attackers who live off the land on Windows: processes that a model classifies as malicious and that their parent rarely starts.")
    {
        DemoCommand.Create(console),
        ScoreCommand.Create(console),
        SimulateCommand.Create(console),
        LabelCommand.Create(console),
        TrainCommand.Create(console),
        EvaluateCommand.Create(console),
        ExplainCommand.Create(console),
        BacktestCommand.Create(console),
        SourcesCommand.Create(console),
        BaselineCommand.Create(console),
        ModelsCommand.Create(console),
        RulesCommand.Create(console),
        ExceptionsCommand.Create(console),
        DeadLettersCommand.Create(console),
        ReplayCommand.Create(console),
        ForgetCommand.Create(console),
        SendCommand.Create(console),
        TailCommand.Create(console),
        BenchCommand.Create(console),
    };
}
