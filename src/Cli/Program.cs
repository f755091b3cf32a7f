using System.CommandLine;
using Changeling.Cli.Backtest;
using Changeling.Cli.Baseline;
using Changeling.Cli.DeadLetters;
using Changeling.Cli.Demo;
using Changeling.Cli.Exceptions;
using Changeling.Cli.Hubs;
using Changeling.Cli.Models;
using Changeling.Cli.Replay;
using Changeling.Cli.Sources;

namespace Changeling.Cli;

/// <summary>The terminal's entry: one command a file.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Changeling detects attackers who live off the land on Windows: processes that a model classifies as malicious and that their parent rarely starts.")
        {
            DemoCommand.Create(),
            ScoreCommand.Create(),
            SimulateCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            ExplainCommand.Create(),
            BacktestCommand.Create(),
            SourcesCommand.Create(Setting),
            BaselineCommand.Create(Setting),
            ModelsCommand.Create(Setting),
            ExceptionsCommand.Create(Setting),
            DeadLettersCommand.Create(Setting),
            ReplayCommand.Create(),
            ForgetCommand.Create(Setting),
            SendCommand.Create(Setting),
            TailCommand.Create(Setting),
        };

        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Verb.CleansUpWithin });

        Console.Error.WriteLine($"changeling: {UsageError.Sentence(parsed)}");
        return Task.FromResult(Verb.Usage);
    }

    /// <summary>A setting as the app has it in its environment; nothing else of the program reads there.</summary>
#pragma warning disable RS0030 // Here is the composition, and a configuration library for two names would be more than they are worth.
    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
}
