using System.CommandLine;
using Changeling.Cli.Models;
using Changeling.Operations;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary><c>changeling baseline reset</c>: deletes the counts. After an interruption, a second run completes the reset.</summary>
internal static class ResetCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var partition = new Option<string?>("--partition") { Description = "Only this event partition.", HelpName = "ID" };
        var entirely = new Option<bool>("--entirely")
        {
            Description = "Also delete position and detections: only for a hub or consumer group that is no longer read.",
        };
        return new Command(
            "reset",
            "Delete the counts of a baseline. Batches of its partitions fail meanwhile and are retried; the app learns again afterwards.")
            {
                yes,
                partition,
                entirely,
            }
            .With(account, async (parsed, open, cancellation) =>
            {
                var all = await open.PartitionsAsync(cancellation);
                var some = parsed.GetValue(partition) is { } id ? [.. all.Where(p => p.Source.Id == id)] : all;
                if (some.Count == 0)
                    throw new CliException(
                        $"baseline '{open.Name}' has no event partition {parsed.GetValue(partition)}; there are {string.Join(", ", all.Select(p => p.Source.Id))}.");
                console.Confirm(parsed.GetValue(yes), $"deletes the counts of {string.Join(", ", some)} in account {open.Account}");

                var (fleet, reset) = (new FleetBlobs(open.Clients.Blobs(), open.Name), new BaselineReset(open.Rows));
                foreach (var one in some)
                {
                    await fleet.DeleteAsync(one.Source, cancellation);
                    var deleted = await RowProgress.RunAsync(
                        console, $"reset {one}", 0, progress => reset.RunAsync(one, parsed.GetValue(entirely), progress, cancellation));

                    // Reset again, because an app that had not noticed the first reset may have written rows from memory.
                    await fleet.DeleteAsync(one.Source, cancellation);
                    console.Out.WriteLine($"{one}: {deleted ?? 0:N0} rows deleted");
                }

                return Verb.Success;
            });
    }
}
