using System.Text;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// A Windows event as <c>Name="value"</c> in one line, as NXLog's <c>xm_kvp</c> writes it. A value with a blank or separator is quoted.
/// The first path of the line, which is before any command line, shows whether the sender escapes quotes and backslashes.
/// </summary>
internal sealed class KeyValueReader : IRecordReader
{
    public static bool Matches(JsonValue record) => record.Has("KeyValueText"u8);

    /// <summary>The line as a record; <see langword="null"/> when it has no event id.</summary>
    public static JsonRows? Record(string line)
    {
        var isEscaped = line.IndexOf(@":\", StringComparison.Ordinal) is var path and >= 0 && line.AsSpan(path + 2).StartsWith(@"\");
        var pairs = Pairs(line, isEscaped);
        if (!pairs.Any(p => p.Name == "EventID")) return null;
        return RenamedFields.Record(json =>
        {
            json.WriteBoolean("KeyValueText", true);

            // A command line without quotes may hold names; the first value of a name is the sender's.
            foreach (var (name, value) in pairs.DistinctBy(p => p.Name)) json.WriteString(name, value);
        });
    }

    public RecordOutcome Read(JsonValue record) => new WindowsEvent(SourceFormats.KeyValue, record, record)
    {
        EventId = ProcessIds.Of(record.Get("EventID"u8)),
        Provider = record.Text("SourceName"u8) ?? record.Text("ProviderName"u8),
        Channel = record.Text("Channel"u8),
        Computer = record.Text("Hostname"u8) ?? record.Text("Computer"u8),
        RecordId = record.Text("RecordNumber"u8) ?? record.Text("EventRecordID"u8),
        Time = record.Has("TimeCreated"u8) ? record.Get("TimeCreated"u8) : record.Get("EventTime"u8),
        Message = record.Get("Message"u8),
    }.Read();

    private static List<(string Name, string Value)> Pairs(string line, bool isEscaped)
    {
        var pairs = new List<(string Name, string Value)>();
        for (var at = 0; at < line.Length && line.IndexOf('=', at) is var equals and >= 0;)
        {
            var name = NameBefore(line, at, equals);
            at = equals + 1;
            if (name.Length > 0) pairs.Add((name, Value(line, isEscaped, ref at)));
        }

        return pairs;
    }

    private static string NameBefore(string line, int from, int equals)
    {
        var start = equals;
        while (start > from && (char.IsAsciiLetterOrDigit(line[start - 1]) || line[start - 1] is '_' or '.')) start--;
        return line[start..equals];
    }

    /// <summary>The value at a position, which is moved behind it.</summary>
    private static string Value(string line, bool isEscaped, ref int at)
    {
        var start = at;
        if (at < line.Length && line[at] is '"' or '\'')
        {
            at = QuotedEnd(line, isEscaped, at);
            var quoted = line[(start + 1)..Math.Min(at, line.Length)];
            at++;
            return isEscaped ? Unescaped(quoted) : quoted;
        }

        var end = line.AsSpan(at).IndexOfAny(" ,;\t");
        at = end < 0 ? line.Length : at + end;
        return isEscaped ? Unescaped(line[start..at]) : line[start..at];
    }

    /// <summary>The place of the closing quote. Without escapes, a quote closes if the line's end or the next name follows.</summary>
    private static int QuotedEnd(string line, bool isEscaped, int start)
    {
        var at = start + 1;
        while (at < line.Length && (line[at] != line[start] || (!isEscaped && !EndsValue(line, at + 1))))
        {
            at += isEscaped && line[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, line.Length);
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '"' or '\'') i++;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    private static bool EndsValue(string line, int at)
    {
        var next = at;
        while (next < line.Length && line[next] is ' ' or ',' or ';' or '\t') next++;
        if (next == line.Length) return true;
        var end = next;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] is '_' or '.')) end++;
        return next > at && end > next && end < line.Length && line[end] == '=';
    }
}
