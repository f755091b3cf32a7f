using System.CommandLine;
using Changeling.Cli.Models;
using Spectre.Console;

namespace Changeling.Cli.DeadLetters;

/// <summary><c>changeling deadletters list</c>: blobs with their letters by reason.</summary>
internal static class ListCommand
{
    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command("list", "List the blobs of dead letters with counts by reason.")
        .With(account, async (_, letters, cancellation) =>
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("blob", "dead letters", "reasons", "first enqueued (UTC)");
            var all = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var name in await letters.NamesAsync(cancellation))
            {
                if (await letters.ReadAsync(name, cancellation) is not { Count: > 0 } some) continue;
                var reasons = some.CountBy(l => l.Reason).OrderByDescending(r => r.Value).ToList();
                foreach (var (reason, count) in reasons) all[reason] = all.GetValueOrDefault(reason) + count;
                table.AddRow(
                    new Text(Printable.Of(name)),
                    new Text($"{some.Count:N0}"),
                    new Text(Printable.Of(string.Join(", ", reasons.Select(r => $"{r.Key} {r.Value}")))),
                    new Text($"{some.Min(l => l.EnqueuedTime).UtcDateTime:yyyy-MM-dd HH:mm:ss}"));
            }

            if (all.Count > 0) console.Out.Write(table);
            console.Out.WriteLine(
                all.Count == 0
                    ? "there are no dead letters"
                    : $"{all.Values.Sum():N0} dead letters: {Printable.Of(string.Join(", ", all.Select(r => $"{r.Key} {r.Value:N0}")))}");
        });
}
