using System.IO.Compression;

namespace Changeling.Cli.Backtest.Checkpoints;

/// <summary>Where a run puts all that it needs to be gone on with, in place of what it put there before: written whole beside it, then renamed.</summary>
/// <param name="path">The file.</param>
/// <param name="inputs">What the run depends on.</param>
/// <param name="every">Process starts from one checkpoint to the next.</param>
internal sealed class CheckpointFile(string path, IReadOnlyList<NamedInput> inputs, long every)
{
    private const string Schema = "changeling.checkpoint/1";
    private const string HeaderPart = "checkpoint.json";
    private const string RunPart = "run.json";

    /// <summary>Process starts from one checkpoint to the next.</summary>
    public long Every => every;

    /// <summary>The files that a checkpoint takes: its own, and what is written before it takes its place.</summary>
    public static IReadOnlyList<string> Names(string? path) => path is null ? [] : [path, PartialOf(path)];

    /// <summary>Makes sure that a checkpoint can be written, and that nothing else is written over.</summary>
    /// <exception cref="CliException">It cannot.</exception>
    public static void Require(string path, IReadOnlyList<string> others)
    {
        foreach (var name in Names(path))
        {
            OutputFiles.RequireOther(name, others);
            OutputFiles.RequireWritable(name);
        }
    }

    /// <summary>Opens what an earlier run left.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="CliException">It is no checkpoint, or one of another run.</exception>
    public EarlierRun? OpenEarlier()
    {
        if (!File.Exists(path)) return null;
        ZipArchive? archive = null;
        try
        {
            archive = ZipFile.OpenRead(path);
            var header = CheckpointJson.Read<Header>(archive, HeaderPart);
            if (header.Schema != Schema) throw new InvalidDataException($"its schema is '{header.Schema}', this program reads '{Schema}'");
            if (RunInputs.Difference(header.Inputs, inputs) is { } difference)
                throw new CliException($"{path} is the checkpoint of another run: {difference}; run that command, or delete it to start again.");
            return new EarlierRun(archive, CheckpointJson.Read<RunState>(archive, RunPart));
        }
        catch (Exception exception)
        {
            archive?.Dispose();
            if (exception is InvalidDataException) throw Damaged(exception);
            throw;
        }
    }

    /// <summary>Puts the counts of an earlier run back into counts that are empty.</summary>
    /// <exception cref="CliException">The checkpoint is damaged.</exception>
    public async Task ReadCountsAsync(EarlierRun earlier, FleetCounts counts, CancellationToken cancellationToken)
    {
        try
        {
            await CountsPart.ReadAsync(earlier.Archive, counts, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>Writes a checkpoint in place of the last.</summary>
    public async Task WriteAsync(RunState state, FleetCounts counts)
    {
        using (var file = File.Create(PartialOf(path)))
        {
            using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                CheckpointJson.Write(archive, HeaderPart, new Header(Schema, inputs));
                CheckpointJson.Write(archive, RunPart, state);
                await CountsPart.WriteAsync(archive, counts);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(PartialOf(path), path, overwrite: true);
    }

    /// <summary>The run came to its end.</summary>
    public void Remove()
    {
        File.Delete(path);
        File.Delete(PartialOf(path));
    }

    private static string PartialOf(string path) => path + ".partial";

    private CliException Damaged(Exception exception) =>
        new($"{path} is no whole checkpoint: {exception.Message.TrimEnd('.')}; delete it to begin anew, or name another file.");

    private sealed record Header(string Schema, IReadOnlyList<NamedInput> Inputs);
}

/// <summary>A run that was ended, to be gone on with.</summary>
internal sealed record EarlierRun(ZipArchive Archive, RunState State) : IDisposable
{
    public void Dispose() => Archive.Dispose();
}
