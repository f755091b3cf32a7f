using System.CommandLine;
using System.Text;
using System.Text.Unicode;
using Changeling.Cli.Models;
using Changeling.Events;
using Spectre.Console;

namespace Changeling.Cli.DeadLetters;

/// <summary><c>changeling deadletters show BLOB</c>: each letter's position and reason, and its body as text or hex.</summary>
internal static class ShowCommand
{
    private const int MaxText = 4_000;
    private const int MaxHexBytes = 512;
    private const int BytesInLine = 16;

    public static Command Create(CliConsole console, StorageAccount account)
    {
        var blob = new Argument<string>("BLOB") { Description = "Name of a blob, as 'deadletters list' shows it." };
        var full = new Option<bool>("--full") { Description = "Show whole bodies, however long." };
        return new Command("show", "Show the dead letters of one blob, with control and invisible characters as escapes.") { blob, full }
            .With(account, async (parsed, letters, cancellation) =>
            {
                var name = parsed.GetRequiredValue(blob);
                var some = await letters.ReadAsync(name, cancellation)
                    ?? throw new CliException($"there is no blob '{Printable.Of(name)}'; 'changeling deadletters list' shows the names.");
                foreach (var letter in some) Write(console, letter, parsed.GetValue(full));
            });
    }

    private static void Write(CliConsole console, DeadLetter letter, bool full)
    {
        // The detail names the record's properties, never their values.
        console.Out.WriteLine(
            $"{letter.Position}  {letter.EnqueuedTime.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {letter.Reason}: {Printable.Of(letter.Detail)}");
        console.Out.WriteLine(Utf8.IsValid(letter.Body.Bytes.Span) ? Text(letter.Body.Bytes, full) : Hex(letter.Body.Bytes, full));
        if (letter.Body.IsCut)
            console.Out.WriteLine(
                $"stored: {letter.Body.Bytes.Length:N0} of {letter.Body.Length:N0} bytes; SHA-256 of the whole body: {letter.Body.Sha256}");
        console.Out.WriteLine("");
    }

    private static string Text(ReadOnlyMemory<byte> body, bool full)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        return full || text.Length <= MaxText ? Printable.Of(text) : $"{Printable.Of(text[..MaxText])} … {body.Length:N0} bytes in total";
    }

    private static string Hex(ReadOnlyMemory<byte> body, bool full)
    {
        var shown = full ? body : body[..Math.Min(body.Length, MaxHexBytes)];
        var lines = shown.ToArray().Chunk(BytesInLine).Select((bytes, i) =>
            $"{i * BytesInLine:x8}  {string.Join(' ', bytes.Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))),-47}  {new string([.. bytes.Select(b => b is >= 0x20 and < 0x7F ? (char)b : '.')])}");
        return string.Join('\n', lines) + (shown.Length < body.Length ? $"\n… {body.Length:N0} bytes in total" : "");
    }
}
