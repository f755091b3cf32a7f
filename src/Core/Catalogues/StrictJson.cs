using System.Text.Json;

namespace Changeling.Catalogues;

/// <summary>What no file that people write may hold, whatever it is about: a property twice, or null in a list.</summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Checks a file before it is read.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>What is wrong, in words that follow the file's name; <see langword="null"/> for nothing.</returns>
    public static string? Problem(ReadOnlySpan<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Options);
            return NullIn(document.RootElement, "");
        }
        catch (JsonException exception)
        {
            return $"is not valid JSON (line {exception.LineNumber + 1}): {exception.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}";
        }
    }

    private static string? NullIn(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Array =>
            value.EnumerateArray()
                .Select((item, i) => item.ValueKind == JsonValueKind.Null ? $"{path}[{i}] is null" : NullIn(item, $"{path}[{i}]"))
                .FirstOrDefault(problem => problem is not null),
        JsonValueKind.Object =>
            value.EnumerateObject()
                .Select(p => NullIn(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}"))
                .FirstOrDefault(problem => problem is not null),
        _ => null,
    };
}
