using System.Text;
using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// Windows events in a line of text: Snare's tabs, or <c>Name=value</c>. A line becomes a record that its own reader detects.
/// </summary>
internal static class TextEvents
{
    /// <summary>
    /// The line's record, to be disposed of; <see langword="null"/> when the line is no such event. In broken JSON the words can be an
    /// attacker's text, so they count only before any object.
    /// </summary>
    public static JsonRows? TryParse(ReadOnlySpan<byte> line)
    {
        var json = line.IndexOf("{\""u8);
        var head = json < 0 ? line : line[..json];
        if (head.IndexOf("MSWinEventLog"u8) >= 0) return SnareReader.Record(Encoding.UTF8.GetString(line));
        return head.IndexOf("EventID="u8) >= 0 ? KeyValueReader.Record(Encoding.UTF8.GetString(line)) : null;
    }
}
