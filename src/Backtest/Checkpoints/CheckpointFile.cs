using System.IO.Compression;
using Changeling.Backtest.Fleet;

namespace Changeling.Backtest.Checkpoints;

/// <summary>
/// Where a run puts all that it needs to be gone on with, in place of what it put there before: written whole beside it, then renamed.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="inputs">What the run depends on.</param>
/// <param name="every">Number of process starts between two checkpoints.</param>
public sealed class CheckpointFile(string path, IReadOnlyList<NamedInput> inputs, long every)
{
    private const string Schema = "changeling.checkpoint/1";
    private const string HeaderPart = "checkpoint.json";
    private const string RunPart = "run.json";

    /// <summary>Number of process starts between two checkpoints.</summary>
    public long Every => every;

    /// <summary>The files that a checkpoint takes: its own, and what is written before it takes its place.</summary>
    public static IReadOnlyList<string> Names(string? path) => path is null ? [] : [path, PartialOf(path)];

    /// <summary>Opens what an earlier run left.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="InvalidDataException">It is no checkpoint, or one of another run; the message says what to do.</exception>
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

    /// <summary>Puts the counts of an earlier run back into counts that are empty.</summary>
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

    /// <summary>Writes a checkpoint in place of the last.</summary>
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

    /// <summary>The run came to its end.</summary>
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
