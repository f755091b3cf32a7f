using System.Globalization;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Snare's text, which NXLog's <c>to_syslog_snare()</c> writes too: fields between tabs, the last one the rendered message in one line.
/// The time is the host's local one, unless the agent is set to UTC.
/// </summary>
internal sealed class SnareReader : IRecordReader
{
    private const string Mark = "MSWinEventLog";

    /// <summary>The number of fields after the mark that an event needs, with the message.</summary>
    private const int LeastFields = 12;

    private static readonly string[] Names =
        ["Criticality", "Channel", "Counter", "Time", "EventID", "SourceName", "UserName", "SidType", "EventType", "Computer", "Category"];

    public static bool Matches(JsonValue record) => record.Has("MSWinEventLog"u8);

    /// <summary>The line as a record; <see langword="null"/> when it has too few fields.</summary>
    public static JsonRows? Record(string line)
    {
        // Syslog daemons write a tab as its octal code.
        var tabbed = line.Contains('\t', StringComparison.Ordinal) ? line : line.Replace("#011", "\t", StringComparison.Ordinal);
        var start = tabbed.IndexOf(Mark, StringComparison.Ordinal);
        if (start < 0) return null;
        var fields = tabbed[(start + Mark.Length)..].TrimStart('\t').Split('\t');
        if (fields.Length < LeastFields) return null;

        return RenamedFields.Record(json =>
        {
            json.WriteBoolean(Mark, true);
            foreach (var (name, value) in Names.Zip(fields)) json.WriteString(name, value.Trim());
            json.WriteString("Message", fields[Names.Length..].MaxBy(field => field.Length));
        });
    }

    public RecordOutcome Read(JsonValue record)
    {
        using var time = JsonMaker.Object(json => json.Add("Time", Iso(record.Text("Time"u8))));
        return RenderedMessage.Read(new WindowsEvent(SourceFormats.Snare, record, default)
        {
            EventId = ProcessIds.Of(record.Get("EventID"u8)),
            Provider = record.Text("SourceName"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("Computer"u8),
            Time = time.Root.Get("Time"u8),
            Message = record.Get("Message"u8),
        });
    }

    /// <summary><c>Tue Nov 03 09:14:27 2026</c>, or an ISO time from newer agents.</summary>
    private static string? Iso(string? time) =>
        DateTime.TryParseExact(
            time, "ddd MMM dd HH:mm:ss yyyy", CultureInfo.InvariantCulture,
            DateTimeStyles.AllowWhiteSpaces, out var parsed)
            ? parsed.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : time;
}
