using System.Text.Json;

namespace Changeling.TestSupport.Contract;

/// <summary>
/// The little of a path language that consumers' projections use: <c>evidences[0].process.cmd_line</c>, with or without <c>$.</c>
/// </summary>
public static class JsonPath
{
    /// <summary>The value there; <see langword="null"/> where a part of the path is absent.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement? value = root;
        foreach (var part in path.Replace("$.", "", StringComparison.Ordinal).Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            value = part[0] == '[' ? Item(value, int.Parse(part[1..^1], provider: null)) : Property(value, part);
        }

        return value;
    }

    private static JsonElement? Property(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement? owner, int index) =>
        owner is { ValueKind: JsonValueKind.Array } a && index < a.GetArrayLength() ? a[index] : null;
}
