using Changeling.Backtest;
using Changeling.Backtest.Checkpoints;
using Changeling.Backtest.Recordings;
using Changeling.Deciding;

namespace Changeling.Cli.Backtest;

/// <summary>Opens the files of a backtest. Where one cannot be used is said before any work is done.</summary>
internal static class BacktestFiles
{
    /// <summary>What really happened; <see langword="null"/> where no file is named.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<Truth?> TruthAsync(string? file, CliConsole console, CancellationToken cancellationToken)
    {
        if (file is null) return null;
        InputFiles.Require([file]);
        return Truth.Read(file, await InputFiles.ReadAsync(file, console, cancellationToken));
    }

    /// <summary>Where the run is kept on its way; <see langword="null"/> for nowhere.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static CheckpointFile? Checkpoint(BacktestArguments arguments, PipelineSnapshot snapshot)
    {
        if (arguments.Checkpoint is not { } file) return null;
        foreach (var name in arguments.CheckpointNames)
        {
            OutputFiles.RequireOther(name, [.. arguments.Inputs, arguments.Options.Output ?? "", arguments.Json ?? ""]);
            OutputFiles.RequireWritable(name);
        }

        return new CheckpointFile(
            file, RunInputs.Of(arguments.Options, snapshot.Model.Identity, snapshot.Prior, snapshot.Rules), arguments.CheckpointEvery);
    }

    /// <summary>Where the detections go, from where an earlier run ended; <see langword="null"/> for nowhere.</summary>
    /// <exception cref="CliException">It cannot be written, or holds less than it did.</exception>
    public static OutputFile? Detections(BacktestArguments arguments, EarlierRun? earlier)
    {
        if (arguments.Options.Output is not { } file) return null;
        if (earlier is null)
            return arguments.Checkpoint is null
                ? OutputFiles.Create(file, arguments.Inputs)
                : OutputFiles.CreateToGoOn(file, arguments.Inputs);

        return OutputFiles.GoOn(file, earlier.OutputLength) ?? throw new CliException(
            $"{file} is shorter than the {earlier.OutputLength:N0} bytes that it had at the checkpoint; restore it, or delete {arguments.Checkpoint} to start again.");
    }

    /// <summary>Where the report goes; <see langword="null"/> for nowhere.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static OutputFile? Report(BacktestArguments arguments) => arguments.Json is not { } file
        ? null
        : OutputFiles.Create(file, [.. arguments.Inputs, arguments.Options.Output ?? "", .. arguments.CheckpointNames]);
}
