using System.CommandLine;
using System.Globalization;
using Changeling.Backtest.Trials;
using Changeling.Cli.Models;
using Changeling.Cli.RuleFiles;
using Changeling.Exceptions;
using Changeling.Rules;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Exceptions;

/// <summary>
/// <c>changeling exceptions add ITEM.json|--from FINDING --against FILE|DIR…</c>: tests an exception on recorded telemetry or on the
/// detections of a backtest, and adds it unless it hides too much.
/// </summary>
internal static class AddCommand
{
    private const double UsualMost = 0.25;

    public static Command Create(CliConsole console, StorageAccount account)
    {
        var items = new ItemOptions(console, account);
        var against = new Option<string[]>("--against")
        {
            Description = "What to test it on first: recorded telemetry as for 'changeling backtest', or the detections that a backtest wrote.",
            HelpName = "FILE|DIR",
            AllowMultipleArgumentsPerToken = true,
        }.AsPaths(console);
        var most = new Option<double>("--most")
        {
            Description = "Maximum share of alerts that it may hide, 0 to 1.",
            DefaultValueFactory = _ => UsualMost,
            HelpName = "SHARE",
        };
        var force = new Option<bool>("--force") { Description = "Add it even if it hides more, or true detections, or was not tested." };
        var replace = new Option<bool>("--replace") { Description = "Replace an exception with the same id." };
        var dryRun = new DryRunOptions(console);
        var command = new Command(
            "add", "Test an exception on recorded telemetry and add it, unless it hides too much.") { against, most, force, replace };
        items.AddTo(command);
        dryRun.AddTo(command);
        return command.With(account, JsonBlobs.Exceptions, async (parsed, blobs, cancellation) =>
        {
            var (item, content) = await items.ReadAsync(parsed, cancellation);
            var (history, isForced, share) = (parsed.GetValue(against) ?? [], parsed.GetValue(force), parsed.GetValue(most));
            if (share is not (>= 0 and <= 1))
                throw new CliException($"--most must be between 0 and 1, not {share.ToString(CultureInfo.InvariantCulture)}.");
            if (item.IsExpiredAt(TimeProvider.System.GetUtcNow()))
                throw new CliException($"{item.Id} has expired already ({item.Expires:O}); give it a later expiry date.");
            if (history.Length == 0 && !isForced)
                throw new CliException($"{item.Id} was not tested; pass a history with --against, or pass --force.");

            var stored = await StoredExceptions.ReadAsync(blobs, cancellation);
            Require(item, stored, parsed.GetValue(replace));
            if (history.Length > 0)
            {
                var run = await dryRun.RunAsync(parsed, history, item, stored.Items, stored.Groups, cancellation);
                DryRunText.Show(console.Out, item.Id, run);
                if (!isForced && Refusal(item.Id, run, share) is { } refusal) throw new CliException(refusal);
            }

            await AddAsync(console, item, content, blobs, parsed.GetValue(replace), cancellation);
            return Verb.Success;
        });
    }

    private static void Require(ExceptionItem item, StoredExceptions stored, bool replaces)
    {
        var isThere = stored.Items.Any(i => i.Id == item.Id);
        if (isThere && !replaces)
            throw new CliException($"an exception with the id {item.Id} exists already; give this one another id, or pass --replace.");
        if (!isThere && stored.Items.Count >= ExceptionList.MaxItems)
            throw new CliException($"there are {stored.Items.Count:N0} exceptions, the maximum; remove those that are never hit.");
        if (StoredExceptions.UnknownGroups(item, stored.Groups) is [var unknown, ..])
            throw new CliException(
                $"{item.Id} names host group '{unknown}', which {HostGroups.FileName} in container {JsonBlobs.Exceptions} does not define; upload it first.");
        if (StoredExceptions.FieldThatClustersLack(item) is { } lack) throw new CliException($"{item.Id} can never match: {lack}.");
    }

    private static string? Refusal(string id, ExceptionDryRun run, double most)
    {
        if (run.True.Count > 0)
            return $"{id} is refused: it would hide {run.True.Count:N0} true detections; make it narrower, or pass --force.";
        return run.Share > most
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{id} is refused: it would hide {run.Share:P1} of the alerts, and {most:P0} are allowed; make it narrower, or pass --most or --force.")
            : null;
    }

    private static async Task AddAsync(
        CliConsole console, ExceptionItem item, byte[] content, JsonBlobs blobs, bool replaces, CancellationToken cancellationToken)
    {
        if (!await blobs.WriteAsync(ExceptionFile.NameOf(item.Id), content, replaces, cancellationToken))
            throw new CliException($"an exception with the id {item.Id} exists already; give this one another id, or pass --replace.");
        foreach (var rule in item.Rules?.Where(r => !RuleSet.Shipped.IsExceptable(r)) ?? [])
            console.Out.WriteLine($"note: rule {rule} does not ship with the program; it must be one of your own");
        console.Out.WriteLine($"added {item.Id}; apps use it within their Exceptions:PollInterval");
    }
}
