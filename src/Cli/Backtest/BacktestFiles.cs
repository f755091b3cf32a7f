using Changeling.Backtest;
using Changeling.Backtest.Checkpoints;
using Changeling.Backtest.Recordings;

namespace Changeling.Cli.Backtest;

/// <summary>Opens the files of a backtest. A file that cannot be used is reported before any work is done.</summary>
internal static class BacktestFiles
{
    /// <summary>The ground truth; <see langword="null"/> if no file is named.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<Truth?> TruthAsync(string? file, CliConsole console, CancellationToken cancellationToken)
    {
        if (file is null) return null;
        InputFiles.Require([file]);
        return Truth.Read(file, await InputFiles.ReadAsync(file, console, cancellationToken));
    }

    /// <summary>The checkpoint file; <see langword="null"/> for none.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static CheckpointFile? Checkpoint(BacktestArguments arguments)
    {
        if (arguments.Checkpoint is not { } file) return null;
        foreach (var name in arguments.CheckpointNames)
        {
            OutputFiles.RequireOther(name, [.. arguments.Inputs, arguments.Options.Output ?? "", arguments.Json ?? ""]);
            OutputFiles.RequireWritable(name);
        }

        var snapshot = arguments.Snapshot;
        return new CheckpointFile(
            file, RunInputs.Of(arguments.Options, snapshot.Identity, snapshot.Prior, snapshot.Rules), arguments.CheckpointEvery);
    }

    /// <summary>The file for the detections, at the length of the checkpoint; <see langword="null"/> for none.</summary>
    /// <exception cref="CliException">It cannot be written, or is shorter than at the checkpoint.</exception>
    public static OutputFile? Detections(BacktestArguments arguments, EarlierRun? earlier)
    {
        if (arguments.Options.Output is not { } file) return null;
        OutputFiles.RequirePlain(file);
        if (earlier is null)
            return arguments.Checkpoint is null
                ? OutputFiles.Create(file, arguments.Inputs)
                : OutputFiles.CreateToGoOn(file, arguments.Inputs);

        return OutputFiles.GoOn(file, earlier.OutputLength) ?? throw new CliException(
            $"{file} is shorter than the {earlier.OutputLength:N0} bytes that it had at the checkpoint; restore it, or delete {arguments.Checkpoint} to start again.");
    }

    /// <summary>The file for the report; <see langword="null"/> for none.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static OutputFile? Report(BacktestArguments arguments) => arguments.Json is not { } file
        ? null
        : OutputFiles.Create(file, [.. arguments.Inputs, .. arguments.OtherOutputs]);

    /// <summary>The file for the rules that apply the budget; <see langword="null"/> for none.</summary>
    /// <exception cref="CliException">It cannot be written, or there is no budget.</exception>
    public static OutputFile? Rules(BacktestArguments arguments)
    {
        if (arguments.WriteRules is not { } file) return null;
        if (arguments.Options.Budget is null)
            throw new CliException("--write-rules writes the rules that keep within a budget; pass it too, for example --budget 20/day.");
        return OutputFiles.Create(file, [.. arguments.Inputs, arguments.Options.Output ?? "", .. arguments.CheckpointNames]);
    }
}
