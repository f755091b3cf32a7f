using System.CommandLine;
using System.Globalization;
using Changeling.Cli.Models;
using Changeling.Rules;
using Changeling.Storage;
using Spectre.Console;

namespace Changeling.Cli.RuleFiles;

/// <summary><c>changeling rules list</c>: all rules with their states, the thresholds, and files that the apps refuse.</summary>
internal static class ListCommand
{
    public static Command Create(CliConsole console, StorageAccount account) =>
        new Command("list", "Show the rules and thresholds in force, and the files that change them.")
            .With(account, JsonBlobs.Rules, async (_, blobs, cancellation) =>
        {
            var stored = await StoredRules.ReadAsync(blobs, cancellation);
            var inForce = stored.InForce;
            var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "name", "version", "state", "severity", "an hour", "file");
            foreach (var rule in inForce.Definitions)
            {
                table.AddRow(
                    new Text(rule.Id),
                    new Text(Printable.Of(rule.Name)),
                    new Text(Printable.Of(rule.Version)),
                    new Text(rule.Enabled ? "on" : "off"),
                    new Text(rule.Severity.ToString().ToLowerInvariant()),
                    new Text(rule.MostPerHour?.ToString("N0", CultureInfo.InvariantCulture) ?? "–"),
                    new Text(Printable.Of(stored.Of(rule.Id)?.Name ?? "shipped")));
            }

            console.Out.Write(table);
            var (malicious, incident) = (inForce.Thresholds.Malicious, inForce.Thresholds.Incident);
            console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"thresholds: malicious {malicious?.ToString(CultureInfo.InvariantCulture) ?? "as the model says"}, incident {incident?.ToString(CultureInfo.InvariantCulture) ?? "by the number of hosts"} ({Printable.Of(stored.Of(DecisionThresholds.FileId)?.Name ?? "shipped")})"));
            foreach (var problem in stored.Problems)
                console.Out.MarkupLineInterpolated($"[red]refused by the apps[/]: {Printable.Of(problem)}");
            foreach (var hidden in stored.Files.Where(f => f != stored.Of(f.Change.Id)))
                console.Out.WriteLine(
                    Printable.Of($"{hidden.Name} is not used: {stored.Of(hidden.Change.Id)!.Name} has the same id {hidden.Change.Id}"));
            return Verb.Success;
        });
}
