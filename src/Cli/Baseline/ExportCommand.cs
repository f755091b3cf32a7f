using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Operations;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline export</c>: all counts as JSON lines, to keep or to import elsewhere.</summary>
internal static class ExportCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Output file for the counts, gzipped if the name ends in .gz; standard output if left out.",
            HelpName = "FILE",
        }.AsOptionalPath(console);
        return new Command("export", "Write all counts of a baseline as JSON lines, for 'baseline import'.") { output }
            .With(account, async (parsed, open, cancellation) =>
            {
                var partitions = await open.PartitionsAsync(cancellation);
                var file = parsed.GetValue(output);
                var rows = await RowProgress.RunAsync(console, "export", 0, async progress =>
                {
                    if (file is null)
                    {
                        await using var standard = console.OpenOutput();
                        return await WriteAsync(standard, open, partitions, progress, cancellation);
                    }

                    await using var target = OutputFiles.Create(file);
                    var written = 0L;
                    await target.WriteContentAsync(
                        async content => written = await WriteAsync(content, open, partitions, progress, cancellation));
                    target.Keep();
                    return written;
                });
                console.Error.WriteLine($"{rows:N0} rows of {partitions.Count} partitions → {file ?? "standard output"}");
                return Verb.Success;
            });
    }

    private static async Task<long> WriteAsync(
        Stream target, OpenBaseline open, IReadOnlyList<BaselinePartition> partitions, IProgress<long> progress,
        CancellationToken cancellationToken)
    {
        await target.WriteAsync(BaselineFile.Header(open.Account, open.Name, TimeProvider.System.GetUtcNow()), cancellationToken);
        var (all, written) = (0L, 0);
        foreach (var partition in partitions)
        {
            if (await open.Table.ReadWatermarkAsync(partition, cancellationToken) is not var (watermark, version)) continue;
            await target.WriteAsync(BaselineFile.Begin(partition.Source, watermark), cancellationToken);
            var rows = 0L;
            await foreach (var entry in open.Rows.LaunchesAsync(partition, cancellationToken))
            {
                await target.WriteAsync(BaselineFile.Row(entry.Parent, entry.Row), cancellationToken);
                rows++;
                if (++all % 1000 == 0) progress.Report(all);
            }

            var hasMoved = (await open.Table.ReadWatermarkAsync(partition, cancellationToken))?.Version != version;
            await target.WriteAsync(BaselineFile.End(rows, hasMoved), cancellationToken);
            written++;
        }

        await target.WriteAsync(BaselineFile.EndOfFile(written), cancellationToken);
        return all;
    }
}
