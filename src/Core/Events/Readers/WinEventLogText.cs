using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>
/// The text of Splunk's <c>WinEventLog</c> input: a line with the local time, lines of <c>Name=value</c>, and from <c>Message=</c> to the
/// end the rendered message.
/// </summary>
internal static class WinEventLogText
{
    private const string MessageStart = "\nMessage=";

    /// <summary>The names and values, to be disposed of; <see langword="null"/> when the text is of another kind.</summary>
    public static JsonRows? TryParse(string text)
    {
        var message = text.IndexOf(MessageStart, StringComparison.Ordinal);
        var head = message < 0 ? text : text[..message];
        if (!head.Contains("\nEventCode=", StringComparison.Ordinal)) return null;
        return JsonMaker.Object(json =>
        {
            foreach (var line in head.Split('\n'))
            {
                if (line.Split('=', 2) is [var name, var value]) json.Add(name, value.TrimEnd('\r'));
            }

            if (message >= 0) json.Add("Message", text[(message + MessageStart.Length)..]);
        });
    }
}
