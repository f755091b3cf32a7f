using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>Process ids, as <see cref="WholeNumbers"/>.</summary>
internal static class ProcessIds
{
    /// <summary>The id, or <see langword="null"/> when the value is not a process id.</summary>
    public static uint? Of(JsonValue value) => WholeNumbers.Of(value);

    /// <summary>The id, or <see langword="null"/> when the text is not a process id.</summary>
    public static uint? Of(string? text) => WholeNumbers.Of(text);

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
