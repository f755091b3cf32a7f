using System.Globalization;
using System.Text.Json;

namespace Changeling.Events.Values;

/// <summary>Process ids as sources write them: a number, a decimal text, or <c>0x</c> and hexadecimal digits.</summary>
internal static class ProcessIds
{
    /// <summary>The id, or <see langword="null"/> when the value is not a process id.</summary>
    public static uint? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetUInt32(out var id) => id,
        JsonValueKind.String => Of(value.GetString()),
        _ => null,
    };

    /// <summary>The id, or <see langword="null"/> when the text is not a process id.</summary>
    public static uint? Of(string? text)
    {
        var span = text.AsSpan().Trim();
        var isHex = span.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return uint.TryParse(isHex ? span[2..] : span, style, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>
    /// The id behind a label in an event's rendered message. NXLog's flattening can lose the event's own <c>ProcessId</c>
    /// to the log service's <c>ProcessID</c>.
    /// </summary>
    public static uint? FromMessage(string? message, string label)
    {
        foreach (var line in message.AsSpan().EnumerateLines())
        {
            var text = line.TrimStart();
            if (text.StartsWith(label, StringComparison.Ordinal)) return Of(text[label.Length..].ToString());
        }

        return null;
    }
}
