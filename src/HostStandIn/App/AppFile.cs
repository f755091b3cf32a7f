using System.Globalization;
using System.Text.Json;

namespace Changeling.HostStandIn.App;

/// <summary>Reads an app's JSON files, and turns every error into a message.</summary>
internal static class AppFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a file of an app folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="read">Reads values from the root element.</param>
    /// <exception cref="HostFailedException">The file is missing, not JSON, or lacks something.</exception>
    public static T Read<T>(string folder, string name, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)), Lenient);
            return read(document.RootElement);
        }
        catch (IOException)
        {
            throw Missing(folder, name);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HostFailedException(
                $"{Path.Combine(folder, name)} cannot be read: {exception.Message} Build or publish the function app again.", exception);
        }
    }

    /// <summary>The message for a folder without one of its files.</summary>
    public static HostFailedException Missing(string folder, string name) =>
        new($"{folder} is not a function app: {name} is missing. Build or publish the function app first.");

    /// <summary>A member, or null where parent or member is missing.</summary>
    public static JsonElement? Find(this JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A time span such as <c>00:05:00</c>; <c>-1</c> is without limit.</summary>
    public static TimeSpan? AsTime(this JsonElement? value) => value?.GetString() switch
    {
        null => null,
        "-1" => Timeout.InfiniteTimeSpan,
        var text => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
    };
}
