using System.CommandLine;
using System.Globalization;
using Changeling.Cli.Models;
using Changeling.Cli.RuleFiles;
using Changeling.Exceptions;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.Exceptions;

/// <summary><c>changeling exceptions list</c>: all items with their states, and files that the apps refuse.</summary>
internal static class ListCommand
{
    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command("list", "Show the exceptions: their owners, what they suppress, and when they expire.")
            .With(account, JsonBlobs.Exceptions, async (parsed, blobs, cancellation) =>
        {
            var stored = await StoredExceptions.ReadAsync(blobs, cancellation);
            var now = TimeProvider.System.GetUtcNow();
            var table = new Table()
                .Border(TableBorder.Rounded)
                .AddColumns("id", "name", "owner", "rules", "suppresses", "expires", "state");
            foreach (var item in stored.Items)
            {
                table.AddRow(
                    new Text(item.Id),
                    new Text(Printable.Of(item.Name)),
                    new Text(Printable.Of(item.Owner)),
                    new Text(item.Rules is null ? "all" : string.Join(", ", item.Rules)),
                    new Text(Printable.Of(string.Join(" and ", item.Conditions.Select(Words)))),
                    new Text(item.Expires?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never"),
                    new Text(State(item, stored.Groups, now)));
            }

            if (stored.Items.Count == 0) console.Out.WriteLine("there are no exceptions");
            else console.Out.Write(table);
            foreach (var item in stored.Items)
            {
                if (StoredExceptions.FieldThatClustersLack(item) is { } lack) console.Out.WriteLine($"{item.Id} never matches: {lack}");
            }

            foreach (var problem in stored.Problems)
                console.Out.MarkupLineInterpolated($"[red]refused by the apps[/]: {Printable.Of(problem)}");
            return Verb.Success;
        });

    private static string State(ExceptionItem item, HostGroups groups, DateTimeOffset now)
    {
        if (StoredExceptions.UnknownGroups(item, groups) is [var unknown, ..]) return $"never matches: no host group {unknown}";
        return StoredExceptions.FieldThatClustersLack(item) is null ? StoredExceptions.StateOf(item, now) : "never matches";
    }

    private static string Words(ExceptionCondition condition) =>
        $"{condition.Field} {(condition.Type switch { ExceptionMatch.Exact => "=", ExceptionMatch.Prefix => "begins with", _ => "like" })} {string.Join(" or ", condition.Values)}";
}
