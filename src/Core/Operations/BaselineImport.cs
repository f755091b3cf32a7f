using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>
/// Adds exported counts to a partition, each row once, also after interruptions (docs/decisions/0010). A note with the number of imported
/// rows is stored in the same transaction as the rows. Safe beside an app, which reads the partition again after each transaction. A
/// partition that was empty stays in its learning period until the last row is imported, so that an incomplete baseline makes no alert.
/// </summary>
public sealed class BaselineImport(IBaselineStore store, IBaselineRows rows, HalfLife halfLife)
{
    private const int MaxTries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Rows of the file in one transaction. One row less than the maximum, because of the note.</summary>
    private const int RowsAtOnce = BaselineCommit.MaxRows - 1;

    /// <summary>Imports one exported partition; an import that was interrupted continues.</summary>
    /// <param name="target">The partition to add to.</param>
    /// <param name="source">The origin of the counts, and the file's digest.</param>
    /// <param name="exported">The partition as it was exported.</param>
    /// <param name="launches">Its rows, always in the same order.</param>
    /// <param name="progress">Receives the number of imported rows.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    /// <returns>Rows added by this call.</returns>
    /// <exception cref="InvalidDataException">The partition contains counts that these cannot be added to; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot be used now, or an app commits so often that no transaction succeeds.
    /// </exception>
    public async Task<long> RunAsync(
        BaselinePartition target,
        ImportSource source,
        ExportedPartition exported,
        IAsyncEnumerable<(string Parent, CountRow Row)> launches,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        var note = await rows.ReadImportAsync(target, source.Name, cancellationToken);
        await RequireFitAsync(target, source, exported, note, cancellationToken);
        if (note is { IsDone: true }) return 0;

        var start = note?.Rows ?? 0;
        var (read, some) = (0L, new List<(string Parent, CountRow Row)>(RowsAtOnce));
        await foreach (var launch in launches.WithCancellation(cancellationToken))
        {
            if (++read <= start) continue;
            some.Add(launch);
            if (some.Count < RowsAtOnce) continue;
            await AddAsync(
                target, exported, new ImportNote(source.Name, source.Digest, read, IsDone: false), some, source, cancellationToken);
            progress?.Report(read);
            some.Clear();
        }

        await AddAsync(target, exported, new ImportNote(source.Name, source.Digest, read, IsDone: true), some, source, cancellationToken);
        progress?.Report(read);
        return read - start;
    }

    private async Task RequireFitAsync(
        BaselinePartition target, ImportSource source, ExportedPartition exported, ImportNote? note, CancellationToken cancellationToken)
    {
        if (note is not null && note.Digest != source.Digest)
            throw new InvalidDataException(
                $"{target} holds counts of {source.Name} from another file ({note.Rows:N0} rows{(note.IsDone ? "" : ", not all of them")}); reset the baseline first, or they would count twice.");
        if (note is not null || !source.TakesPosition) return;
        if (exported.HasMoved)
            throw new InvalidDataException(
                $"{source.Name} counted during the export, so the file has no single position; stop the app and export again, or leave out --same-hub.");
        if (await store.ReadWatermarkAsync(target, cancellationToken) is not null)
            throw new InvalidDataException(
                $"{target} has a position of its own; --same-hub takes an empty partition: use another baseline name, or reset it with --entirely first.");
    }

    /// <summary>One transaction, repeated until it is known to be stored.</summary>
    private async Task AddAsync(
        BaselinePartition target, ExportedPartition exported, ImportNote next, List<(string Parent, CountRow Row)> some,
        ImportSource source, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            // Read the watermark first. If a row changes after that, the watermark has changed as well and the edit fails.
            var read = await store.ReadWatermarkAsync(target, cancellationToken);
            var note = await rows.ReadImportAsync(target, source.Name, cancellationToken);
            if (note is { IsDone: true } || (note?.Rows >= next.Rows && !next.IsDone)) return;
            if ((note?.Rows ?? 0) != next.Rows - some.Count)
                throw new StoreUnavailableException(
                    $"baseline partition {target} was reset, or imported into by somebody else, meanwhile; look at it before you import again.");

            var (before, version) = read is { } found ? (found.Watermark, found.Version) : (exported.BeforeAll(source.TakesPosition), null);
            var edit = new BaselineEdit(version, next.IsDone ? exported.After(before) : before)
            {
                Launches = await SumsAsync(target, some, isEmpty: read is null, cancellationToken),
                Import = next,
            };
            var result = await rows.EditAsync(target, edit, cancellationToken);
            if (result.Outcome == CommitOutcome.Committed) return;
            if (result.Outcome == CommitOutcome.Refused)
                throw new StoreUnavailableException($"baseline partition {target}: the store refuses the edit ({result.Detail}).");
            await Task.Delay(Pause, cancellationToken);
        }

        throw new StoreUnavailableException(
            $"baseline partition {target}: an app commits all the time; stop it, and run the import again: it goes on where it was.");
    }

    /// <summary>The rows after the import: the stored and the added counts, both decayed to the later day.</summary>
    private async Task<IReadOnlyList<(string Parent, CountRow Row)>> SumsAsync(
        BaselinePartition target, List<(string Parent, CountRow Row)> some, bool isEmpty, CancellationToken cancellationToken)
    {
        var changed = new Dictionary<(string Parent, string? Child), CountRow>();
        foreach (var group in some.GroupBy(l => l.Parent, StringComparer.Ordinal))
        {
            var sum = new RowSum(halfLife, ParentHistory.MaxOwnRows);
            foreach (var row in isEmpty ? [] : await store.ReadLaunchesAsync(target, group.Key, cancellationToken)) sum.Add(row);
            foreach (var (parent, row) in group)
            {
                var result = sum.Add(row);
                changed[(parent, result.Name)] = result;
            }
        }

        return [.. changed.Select(c => (c.Key.Parent, c.Value))];
    }
}

/// <summary>Where imported counts come from.</summary>
/// <param name="Name">Account, baseline and event partition that they were exported from.</param>
/// <param name="Digest">SHA-256 of the file, hexadecimal.</param>
/// <param name="TakesPosition">
/// Whether the target reads the same hub that was counted. Then the exported position is imported as well, so that events in the file are
/// not counted again.
/// </param>
public sealed record ImportSource(string Name, string Digest, bool TakesPosition);
