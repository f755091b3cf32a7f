using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Simulation.Injection;

/// <summary>Reads rows of the corpus's schema, one JSON object a line.</summary>
public static class InjectedRowReader
{
    /// <summary>Reads one line.</summary>
    /// <exception cref="InvalidDataException">It is not a valid row; the message says why.</exception>
    public static InjectedRow Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"no row of a corpus: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static InjectedRow Read(JsonElement row)
    {
        var child = Program(row, "process", "", "pid") ?? throw new KeyNotFoundException("process_name is missing");
        var parent = Program(row, "parent", "parent_", "ppid");
        return new InjectedRow
        {
            Dataset = Text(row, "dataset") ?? throw new KeyNotFoundException("dataset is missing"),
            Label = (int?)Number(row, "label"),
            IsWeak = row.TryGetProperty("weak", out var weak) && weak.ValueKind == JsonValueKind.True,
            Technique = Technique(row),
            Time = Text(row, "time") is { } time
                ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                : null,
            Host = Text(row, "host"),
            User = Text(row, "user"),
            Integrity = Integrity(Text(row, "integrity_level")),
            Child = child,
            Parent = parent,
            OriginalFileName = Text(row, "original_file_name"),
            Company = Text(row, "company"),
            Combination = Text(row, "tuple_id") ?? $"{parent?.Name}|{child.Name}|{child.CommandLine}",
        };
    }

    private static RecordedProgram? Program(JsonElement row, string side, string prefix, string pid) =>
        Text(row, side + "_name") is { } name
            ? new RecordedProgram(
                Text(row, side + "_executable")
                    ?? name, Text(row, prefix + "command_line")
                    ?? "", Text(row, prefix + "process_guid"), Number(row, pid))
            : null;

    private static string? Technique(JsonElement row) => row.TryGetProperty("technique", out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array when value.GetArrayLength() > 0 => string.Join(", ", value.EnumerateArray().Select(t => t.GetString())),
            _ => null,
        }
        : null;

    private static IntegrityLevel? Integrity(string? word) => word switch
    {
        "AppContainer" => IntegrityLevel.Low,
        { } w when Enum.TryParse<IntegrityLevel>(w, ignoreCase: true, out var level) => level,
        _ => null,
    };

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static long? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
