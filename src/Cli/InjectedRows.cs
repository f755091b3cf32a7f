using Changeling.Events;
using Changeling.Simulation.Injection;
using Changeling.Training;

namespace Changeling.Cli;

/// <summary>Reads the labelled rows that a user wants placed on simulated hosts.</summary>
internal static class InjectedRows
{
    /// <summary>The value for the rows of all folds.</summary>
    public const int AllFolds = -1;

    /// <summary>Reads files of the corpus's schema, <c>.jsonl</c> or <c>.jsonl.gz</c>.</summary>
    /// <param name="files">The files, in order.</param>
    /// <param name="fold">
    /// Only datasets of this fold, which a model trained with <c>--hold-out</c> has not seen; or <see cref="AllFolds"/>.
    /// </param>
    /// <param name="console">Its standard input can be one of the files.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="CliException">A file cannot be read, or holds something else.</exception>
    public static async Task<IReadOnlyList<InjectedRow>> ReadAsync(
        IReadOnlyList<string> files, int fold, CliConsole console, CancellationToken cancellationToken)
    {
        if (fold is < AllFolds or >= CorpusFolds.Count)
            throw new CliException($"there is no fold {fold}; pass 0 to {CorpusFolds.Count - 1} to --inject-fold, or leave it out.");
        InputFiles.Require(files);
        var rows = new List<InjectedRow>();
        foreach (var file in files)
        {
            foreach (var (line, row) in JsonValueSplitter.Split(await InputFiles.ReadAsync(file, console, cancellationToken)))
                rows.Add(Read(file, line, row));
        }

        if (fold != AllFolds) rows.RemoveAll(row => CorpusFolds.Of(row.Dataset) != fold);
        return rows.Any(row => row is { Label: not null, CanBePlaced: true })
            ? rows
            : throw new CliException(
                $"{string.Join(", ", files)}: no row to inject; rows need a label, a parent{(fold == AllFolds ? "" : $" and a dataset of fold {fold}")}.");
    }

    private static InjectedRow Read(string file, int line, ReadOnlyMemory<byte> row)
    {
        try
        {
            return InjectedRowReader.Read(row);
        }
        catch (InvalidDataException exception)
        {
            throw new CliException($"{file}, line {line}: {exception.Message}; pass files of labelled process starts to --inject.");
        }
    }
}
