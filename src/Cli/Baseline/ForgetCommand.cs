using System.CommandLine;
using System.Text.Unicode;
using Changeling.Cli.Models;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Baseline;

/// <summary>
/// <c>changeling forget --user U | --host H</c>: deletes the data about a person or machine, and reports what it cannot delete.
/// </summary>
internal static class ForgetCommand
{
    public static Command Create(CliConsole console)
    {
        var host = new Option<string?>("--host")
        {
            Description = "A host, with or without its domain. NAME* is the one host whose name begins so.",
            HelpName = "HOST",
        };
        var user = new Option<string?>("--user")
        {
            Description = "A user: NAME is the name in every domain, DOMAIN\\NAME in one domain.",
            HelpName = "USER",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be deleted, and delete nothing." };
        var now = new Option<bool>("--now")
        {
            Description =
                "Also delete detections that a redelivery may still need, and signals that no incident has read. If a batch is redelivered, they are not sent again.",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var hubDays = NumberOption.Create("--hub-days", "Days that the telemetry hub keeps messages: Retention:Hub of the app.", 7);
        return new Command(
            "forget",
            "Delete the rows and detections that name a user or host, for privacy requests.") { host, user, dryRun, now, yes, hubDays }
            .With(new StorageAccount(console), async (parsed, open, cancellation) =>
            {
                var (onHost, ofUser, isDry) = (parsed.GetValue(host), parsed.GetValue(user), parsed.GetValue(dryRun));
                if (string.IsNullOrWhiteSpace(onHost) == string.IsNullOrWhiteSpace(ofUser))
                    throw new CliException("pass --host or --user.");
                if (onHost is not null && HostNames.IsBeginning(onHost)) onHost = await MeantAsync(open, onHost, cancellation);
                if (!isDry) console.Confirm(parsed.GetValue(yes), $"deletes what account {open.Account} stores about {onHost ?? ofUser}");
                var named = new NamedIn(onHost ?? ofUser!, isHost: onHost is not null);
                var forgetting = new Forgetting(open.Rows, TimeSpan.FromDays(parsed.GetValue(hubDays)));
                var kind = onHost is null ? OccurrenceKind.User : OccurrenceKind.Host;
                var all = await ClusterTable.Open(open.Clients).ForgetAsync(open.Name, named, kind, isDry, cancellation);
                var incidents = IncidentTable.Open(open.Clients);
                var read = (await incidents.ReadStateAsync(open.Name, cancellation))?.State.Partitions;
                foreach (var partition in await open.PartitionsAsync(cancellation))
                {
                    var gathered = read?.GetValueOrDefault(TableKeys.Partition(partition));
                    all += await forgetting.RunAsync(partition, named, kind, gathered, parsed.GetValue(now), isDry, cancellation);
                }

                // After the signals, because until then the timer can gather more of them.
                all += await incidents.ForgetAsync(open.Name, named, isDry, cancellation);

                var (letters, unread) = await ForgetLettersAsync(new DeadLetterBlobs(open.Clients.Blobs()), named, isDry, cancellation);
                console.Out.WriteLine(
                    $"{(isDry ? "would delete" : "deleted")}: {all.Rows:N0} rows of hosts and users, {all.Detections:N0} detections, {letters:N0} dead letters");
                if (all.Kept > 0)
                    console.Out.WriteLine(
                        $"kept: {all.Kept:N0} rows that are not sent or gathered yet, or that a redelivery may still need; run this again when they are older than the hub's retention plus a day, or pass --now");
                if (unread > 0) console.Out.WriteLine($"not searched: {unread:N0} dead letters whose bodies are not text");
                console.Out.WriteLine(
                    "not deleted: messages on the telemetry hub until its retention ends, copies that consumers of the detections hub keep, logs, other baselines, files, exceptions and host groups with the name; counts of launches contain no user, and hosts only as a 32-bit digest until their next day");
                return Verb.Success;
            });
    }

    /// <summary>Only asked for with <c>*</c>: a name that is written as a whole must not become the name of another host.</summary>
    private static async Task<string> MeantAsync(OpenBaseline open, string beginning, CancellationToken cancellationToken) =>
        HostNames.Find(await HostNames.StoredAsync(open, beginning, cancellationToken), beginning) ?? throw new CliException(
            $"account {open.Account} has no row or finding of a host that begins with '{Printable.Of(beginning[..^1])}'; write the whole name.");

    private static async Task<(int Gone, int Unread)> ForgetLettersAsync(
        DeadLetterBlobs blobs, NamedIn named, bool isDryRun, CancellationToken cancellationToken)
    {
        var (gone, unread) = (0, 0);
        foreach (var name in await blobs.NamesAsync(cancellationToken))
        {
            var letters = await blobs.ReadAsync(name, cancellationToken) ?? [];
            unread += letters.Count(l => !IsNamed(l) && (l.Body.IsCut || !Utf8.IsValid(l.Body.Bytes.Span)));
            gone += isDryRun ? letters.Count(IsNamed) : await blobs.DeleteAsync(name, IsNamed, cancellationToken);
        }

        return (gone, unread);

        bool IsNamed(DeadLetter letter) => Utf8.IsValid(letter.Body.Bytes.Span) && named.In(letter.Body.Bytes);
    }
}
