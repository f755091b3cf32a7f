using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline import FILE</c>: adds exported counts. After an interruption, a second run continues.</summary>
internal static class ImportCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var file = new Argument<string>("FILE") { Description = "A file that 'baseline export' wrote." }.AsPath(console);
        var hub = new Option<string?>("--hub") { Description = "The target's telemetry hub, if it has another name.", HelpName = "NAME" };
        var partitions = NumberOption.Create(
            "--partitions", "Partitions of the target's hub, if it has fewer: counts of partition i are added to i modulo N. 0: no change.", 0);
        var halfLife = NumberOption.Create("--half-life-days", "Baseline:HalfLifeDays of the target.", 30);
        var sameHub = new Option<bool>("--same-hub")
        {
            Description =
                "The target reads the hub that was counted: import the positions too, so that nothing in the file is counted again.",
        };
        return new Command(
            "import",
            "Add exported counts to a baseline. Repeat it after an interruption: each count is added once.")
            {
                file, hub, partitions, halfLife, sameHub,
            }
            .With(account, async (parsed, open, cancellation) =>
            {
                var path = InstalledFiles.Existing(parsed.GetRequiredValue(file));
                var reader = new BaselineFileReader(() => Open(path));
                var content = await CheckAsync(reader, path, cancellation);
                var import = new BaselineImport(open.Table, open.Rows, HalfLife.Of(parsed.GetValue(halfLife)));
                foreach (var (index, exported) in content.Partitions.Index())
                {
                    var source = new ImportSource(
                        $"{content.Account}:{content.Baseline}:{exported.Partition}", content.Digest, parsed.GetValue(sameHub));
                    var target = Target(open.Name, exported.Partition, parsed.GetValue(hub), parsed.GetValue(partitions));
                    var added = await RowProgress.RunAsync(console, $"import {target}", exported.Rows, progress =>
                        import.RunAsync(target, source, exported, reader.RowsAsync(index, cancellation), progress, cancellation));
                    console.Out.WriteLine(
                        added == 0 && exported.Rows > 0
                            ? $"{target}: all {exported.Rows:N0} rows were imported before"
                            : $"{target}: {added:N0} of {exported.Rows:N0} rows added");
                }

                return Verb.Success;
            });
    }

    private static BaselinePartition Target(string baseline, EventPartition source, string? hub, int partitions)
    {
        var id = source.Id;
        if (partitions > 0)
        {
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new CliException($"event partition '{id}' is not a number; leave out --partitions.");
            id = (number % partitions).ToString(CultureInfo.InvariantCulture);
        }

        return new BaselinePartition(baseline, new EventPartition(hub ?? source.Hub, id));
    }

    private static async Task<BaselineFileContent> CheckAsync(BaselineFileReader reader, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.CheckAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or System.Text.DecoderFallbackException)
        {
            throw new CliException($"{path} cannot be imported: {exception.Message.TrimEnd('.')}; nothing was changed, export it again.");
        }
    }

    private static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
