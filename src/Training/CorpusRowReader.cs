using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>Maps one JSON row of the corpus to a process event with label.</summary>
internal static class CorpusRowReader
{
    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="file">The file's name without extensions.</param>
    /// <param name="line">Its line there, which is part of the id of a row without one.</param>
    public static CorpusRow Read(JsonElement row, string file, int line)
    {
        var format = Text(row, "format") ?? "synthetic";
        var time = Text(row, "time") is { } t
            ? DateTimeOffset.Parse(t, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : (DateTimeOffset?)null;
        var launch = ReadEvent(row, format, time);
        return new()
        {
            Id = Text(row, "id") ?? $"{file}:{line}",
            File = file,
            Role = CorpusManifest.RoleOf(file) ?? RoleByContent(row),
            Source = Text(row, "source") ?? file,
            Dataset = Required(row, "dataset"),
            Format = format,
            Time = time,
            Label = Number(row, "label"),
            IsWeak = Flag(row, "weak"),
            Techniques = Texts(row, "technique"),
            TupleId = Text(row, "tuple_id") ?? LaunchKey.Of(launch),
            TupleCount = Math.Max(1, Number(row, "tuple_count") ?? 1),
            IsParentInferred = Flag(row, "parent_inferred") || Text(row, "parent_evidence") is "inferred" or "derived",
            HasNoCommandLine = Flag(row, "no_command_line"),
            Event = launch,
        };
    }

    private static CorpusRole RoleByContent(JsonElement row) =>
        !Flag(row, "synthetic") ? CorpusRole.Recorded : Number(row, "label") == 1 ? CorpusRole.Synthetic : CorpusRole.BenignSynthetic;

    /// <summary>The process event of a row; one without a time has the Unix epoch there.</summary>
    public static ProcessEvent ReadEvent(JsonElement row, string format, DateTimeOffset? time) => new()
    {
        Time = time ?? DateTimeOffset.UnixEpoch,
        Host = new(Text(row, "host")?.ToLowerInvariant() ?? "unknown"),
        User = User(Text(row, "user"), Text(row, "user_sid")),
        Format = format,
        Child = new()
        {
            Name = Required(row, "process_name"),
            Path = Text(row, "process_executable"),
            CommandLine = Text(row, "command_line"),
            OriginalFileName = Text(row, "original_file_name"),
            Integrity = Integrity(Text(row, "integrity_level")),
            Elevation = Elevation(Text(row, "token_elevation_type")),
            Pid = Number(row, "pid") is { } pid ? (uint)pid : null,
        },
        Parent = Text(row, "parent_name") is { } parent
            ? new() { Name = parent, Path = Text(row, "parent_executable"), CommandLine = Text(row, "parent_command_line") }
            : null,
    };

    private static UserIdentity? User(string? name, string? sid)
    {
        if (name is null && sid is null) return null;
        var slash = name?.IndexOf('\\') ?? -1;
        return slash < 0 ? new(name, null, sid) : new(name![(slash + 1)..], name[..slash], sid);
    }

    private static IntegrityLevel? Integrity(string? word) => word?.ToLowerInvariant() switch
    {
        "appcontainer" => IntegrityLevel.Low,
        { } w when Enum.TryParse<IntegrityLevel>(w, ignoreCase: true, out var level) => level,
        _ => null,
    };

    private static TokenElevation? Elevation(string? code) => code switch
    {
        "%%1936" => TokenElevation.Default,
        "%%1937" => TokenElevation.Full,
        "%%1938" => TokenElevation.Limited,
        _ => null,
    };

    /// <summary>A text that must be there.</summary>
    /// <exception cref="KeyNotFoundException">It is missing or empty.</exception>
    public static string Required(JsonElement row, string name) =>
        Text(row, name) ?? throw new KeyNotFoundException($"{name} is missing");

    /// <summary>A text; <see langword="null"/> if it is missing or empty.</summary>
    public static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    /// <summary>A list of texts; empty if it is missing.</summary>
    public static IReadOnlyList<string> Texts(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")]
            : [];

    private static bool Flag(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A whole number; <see langword="null"/> if it is missing or none.</summary>
    public static int? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;
}
