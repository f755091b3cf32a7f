using System.CommandLine;
using System.Text;
using System.Text.Json;
using Changeling.Cli.Baseline;
using Changeling.Cli.Models;
using Changeling.Operations;
using Changeling.Storage;

namespace Changeling.Cli.Exceptions;

/// <summary><c>changeling exceptions show ID</c>: the stored detections that it suppressed, one per line.</summary>
internal static class ShowCommand
{
    private const int UsualMost = 20;

    public static Command Create(CliConsole console, StorageAccount account)
    {
        var id = new Argument<string>("ID") { Description = "The exception's id." };
        var most = NumberOption.Create(
            "--most", "Maximum number of detections of each event partition, and of clusters; the newest are written.", UsualMost);
        return new Command(
            "show",
            "Write the detections that an exception suppressed and that are still stored, one a line.") { id, most }.With(account,
                async (parsed, open, cancellation) =>
        {
            var (name, count) = (parsed.GetRequiredValue(id), parsed.GetValue(most));
            foreach (var partition in await open.PartitionsAsync(cancellation))
            {
                var found = open.Rows.DetectionsAsync(partition, cancellation)
                    .Where(d => d.Detection.IsSuppressed && IsBy(name, d.Detection.Body))
                    .Take(count);
                await foreach (var entry in found.WithCancellation(cancellation)) Write(console, entry.Detection.Body);
            }

            foreach (
                var body in await ClusterRows.Open(open.Clients).SuppressedAsync(open.Name, body => IsBy(name, body), count, cancellation))
                Write(console, body);
            return Verb.Success;
        });
    }

    private static void Write(CliConsole console, ReadOnlyMemory<byte> body) => console.Lines.WriteLine(Encoding.UTF8.GetString(body.Span));

    /// <summary>
    /// Reads the evidence, which each format has in another property. The exceptions stand in it for a cluster, and in each rule for a
    /// launch; launches that were stored before schema 2 have them like a cluster.
    /// </summary>
    private static bool IsBy(string id, ReadOnlyMemory<byte> finding)
    {
        using var json = JsonDocument.Parse(finding);
        var root = json.RootElement;
        var evidence = root.TryGetProperty("evidences", out var ocsf)
            ? ocsf[0].GetProperty("data")
            : root.GetProperty("changeling").GetProperty("evidence");
        return Names(id, evidence)
            || (evidence.TryGetProperty("rules", out var rules) && rules.EnumerateArray().Any(rule => Names(id, rule)));
    }

    private static bool Names(string id, JsonElement evidence) =>
        evidence.TryGetProperty("exceptions", out var said) && said.TryGetProperty("matched", out var matched)
            && matched.ValueKind == JsonValueKind.Object && matched.GetProperty("id").GetString() == id;
}
