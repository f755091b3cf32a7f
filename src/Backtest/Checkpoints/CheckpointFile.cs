using System.IO.Compression;
using Changeling.Backtest.Fleet;

namespace Changeling.Backtest.Checkpoints;

/// <summary>
/// The file with the state of a run, from which the run can be continued. A new checkpoint is written to a second file, which then replaces
/// the first.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="inputs">The inputs that the run depends on.</param>
/// <param name="every">Number of process starts between two checkpoints.</param>
public sealed class CheckpointFile(string path, IReadOnlyList<NamedInput> inputs, long every)
{
    private const string Schema = "changeling.checkpoint/5";
    private const string HeaderPart = "checkpoint.json";
    private const string RunPart = "run.json";

    /// <summary>Number of process starts between two checkpoints.</summary>
    public long Every => every;

    /// <summary>The files of a checkpoint: the file itself, and the second file that is written first.</summary>
    public static IReadOnlyList<string> Names(string? path) => path is null ? [] : [path, PartialOf(path)];

    /// <summary>Opens the checkpoint of an earlier run.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is not a checkpoint, or belongs to another run; the message says what to do.
    /// </exception>
    public EarlierRun? OpenEarlier()
    {
        if (!File.Exists(path)) return null;
        ZipArchive? archive = null;
        try
        {
            archive = Whole(() => ZipFile.OpenRead(path));
            var header = Whole(() => ReadHeader(archive));
            if (NamedInput.Difference(header.Inputs, inputs) is { } difference)
                throw new InvalidDataException(
                    $"{path} is the checkpoint of another run: {difference}; run that command, or delete it to start again.");
            return new EarlierRun(archive, Whole(() => CheckpointJson.Read<RunState>(archive, RunPart)));
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    /// <summary>Restores the counts of an earlier run into empty counts.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    internal async Task ReadCountsAsync(EarlierRun earlier, FleetCounts counts, CancellationToken cancellationToken)
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

    /// <summary>Writes a checkpoint, which replaces the last one.</summary>
    internal async Task WriteAsync(RunState state, FleetCounts counts)
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

    /// <summary>Deletes the checkpoint at the end of the run.</summary>
    public void Remove()
    {
        File.Delete(path);
        File.Delete(PartialOf(path));
    }

    private static Header ReadHeader(ZipArchive archive)
    {
        var header = CheckpointJson.Read<Header>(archive, HeaderPart);
        return header.Schema == Schema
            ? header
            : throw new InvalidDataException($"its schema is '{header.Schema}', this program reads '{Schema}'");
    }

    private T Whole<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    private static string PartialOf(string path) => path + ".partial";

    private InvalidDataException Damaged(Exception exception) =>
        new($"{path} is not a complete checkpoint: {exception.Message.TrimEnd('.')}; delete it to start again, or name another file.", exception);

    private sealed record Header(string Schema, IReadOnlyList<NamedInput> Inputs);
}
