using System.CommandLine;
using System.Text.Json;
using Changeling.Cli.Models;
using Changeling.Events;
using Spectre.Console;

namespace Changeling.Cli.DeadLetters;

/// <summary>
/// <c>changeling deadletters retry --output FILE</c>: writes the bodies to a file of messages, for <c>send</c> to the telemetry hub or for
/// <c>replay</c>.
/// </summary>
internal static class RetryCommand
{
    public static Command Create(CliConsole console, StorageAccount account)
    {
        var blobs = new Argument<string[]>("BLOB") { Description = "Blobs to read. Default: all.", Arity = ArgumentArity.ZeroOrMore };
        var reason = new Option<string?>("--reason") { Description = "Only dead letters with this reason.", HelpName = "REASON" };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Output file for JSON bodies, one per line, for 'send' or 'replay'. Others are written to FILE.base64, for 'send --base64'.",
            Required = true,
            HelpName = "FILE",
        }.AsPath(console);
        return new Command(
            "retry",
            "Write the bodies of dead letters to a file. This command sends nothing: send the file to the telemetry hub with 'send'.")
            {
                blobs,
                reason,
                output,
            }
            .With(account, async (parsed, letters, cancellation) =>
            {
                var (names, only, target) = (parsed.GetValue(blobs) ?? [], parsed.GetValue(reason), parsed.GetRequiredValue(output));
                if (names.Length == 0) names = [.. await letters.NamesAsync(cancellation)];
                var (seen, json, binary, cut) =
                    (new HashSet<string>(StringComparer.Ordinal), new List<byte[]>(), new List<string>(), new List<string>());
                foreach (var name in names)
                {
                    var some = await letters.ReadAsync(name, cancellation)
                        ?? throw new CliException(
                            $"there is no blob '{Printable.Of(name)}'; 'changeling deadletters list' shows the names.");
                    foreach (var letter in some.Where(l => only is null || l.Reason == only))
                    {
                        // A letter may be in two blobs, if two owners divided the messages differently.
                        if (!seen.Add($"{name[..(name.LastIndexOf('/') + 1)]}{letter.Position}")) continue;
                        var body = letter.Body.Bytes;
                        if (letter.Body.IsCut) cut.Add($"{name[..(name.LastIndexOf('/') + 1)]}{letter.Position}");
                        else if (IsJson(body)) json.Add([.. OneLine(body), (byte)'\n']);
                        else binary.Add(Convert.ToBase64String(body.Span));
                    }
                }

                await using (var file = OutputFiles.Create(target))
                {
                    foreach (var line in json) await file.WriteAsync(line, cancellation);
                    file.Keep();
                }

                if (binary.Count > 0) await OutputFiles.WriteLinesAsync(target + ".base64", binary, cancellation);
                console.Out.WriteLine(
                    $"{json.Count:N0} messages written to {target}{(binary.Count > 0 ? $"; {binary.Count:N0} that are not JSON written to {target}.base64" : "")}");
                if (cut.Count > 0)
                    throw new CliException(
                        $"{cut.Count:N0} dead letters contain only the first {DeadBody.MaxBytes / 1024} KiB of a larger body and were not written, for example {Printable.Of(cut[0])}; read those messages from the telemetry hub by sequence number while it keeps them.");
            });
    }

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Line ends in JSON are only between its parts, so a blank can replace them.</summary>
    private static IEnumerable<byte> OneLine(ReadOnlyMemory<byte> body) =>
        body.ToArray().Select(b => b is (byte)'\n' or (byte)'\r' ? (byte)' ' : b);
}
