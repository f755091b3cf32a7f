using System.Globalization;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.Core.Tests.Events;

/// <summary>Compares what was read from a recorded event with the corpus's row for it, field by field.</summary>
internal static class RecordedRow
{
    public static IEnumerable<string> Differences(JsonElement row, ProcessEvent read)
    {
        foreach (var (field, actual, isCaseBlind) in Fields(read))
        {
            var expected = Expected(row, field);
            var comparison = isCaseBlind ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            if (!string.Equals(expected, actual, comparison)) yield return $"{field}: expected <{expected}>, read <{actual}>";
        }
    }

    private static IEnumerable<(string Field, string? Actual, bool IsCaseBlind)> Fields(ProcessEvent read) =>
    [
        ("time", Milliseconds(read.Time), false),
        ("host", read.Host.Name, true),
        ("user", read.User?.Name is { } name ? $@"{read.User.Domain}\{name}" : null, true),
        ("user_sid", read.User?.Sid, false),
        ("process_name", read.Child.Name, false),
        ("process_executable", read.Child.Path, false),
        ("command_line", read.Child.CommandLine, false),
        ("parent_name", read.Parent?.Name, false),
        ("parent_executable", read.Parent?.Path, false),
        ("parent_command_line", read.Parent?.CommandLine, false),
        ("original_file_name", read.Child.OriginalFileName, false),
        ("integrity_level", read.Child.Integrity?.ToString(), false),
        ("token_elevation_type", Label(read.Child.Elevation), false),
        ("hashes", Sorted(read.Child.Hashes), false),
        ("process_guid", read.Child.Guid, false),
        ("parent_process_guid", read.Parent?.Guid, false),
        ("pid", Number(read.Child.Pid), false),
        ("ppid", Number(read.Parent?.Pid), false),
    ];

    /// <summary>The corpus keeps some values as recorded which a process event normalises; each such case gives its reason.</summary>
    private static string? Expected(JsonElement row, string field) => (field, Text(row, field)) switch
    {
        ("time", var time) => Milliseconds(DateTimeOffset.Parse(time!, CultureInfo.InvariantCulture)),

        // An app container's token is a low one; the process event has no word of its own for it.
        ("integrity_level", "AppContainer") => "Low",

        // Sysmon writes zeros where it did not compute a hash.
        ("hashes", var hashes) => Sorted(hashes?.Replace("IMPHASH=" + new string('0', 32), "", StringComparison.Ordinal)),

        // A parent of which only the id is known is no parent: it has no name to count under.
        ("ppid" or "parent_process_guid", _) when Text(row, "parent_name") is null => null,

        // The corpus gives SIDs as recorded; a service account without one is known by its fixed logon id.
        ("user_sid", null) => ServiceSid(row),

        (_, var asRecorded) => asRecorded,
    };

    private static string? ServiceSid(JsonElement row)
    {
        var raw = row.GetProperty("raw");
        var data = raw.TryGetProperty("event_data", out var inner) || raw.TryGetProperty("EventData", out inner) ? inner : raw;
        if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("TargetLogonId", out var logon)) return null;
        return logon.GetString() switch { "0x3e7" => "S-1-5-18", "0x3e5" => "S-1-5-19", "0x3e4" => "S-1-5-20", _ => null };
    }

    private static string? Text(JsonElement row, string field)
    {
        var value = row.GetProperty(field);
        return value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.GetString();
    }

    private static string Milliseconds(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static string? Number(uint? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static string? Label(TokenElevation? elevation) => elevation is { } type ? $"%%{1935 + (int)type}" : null;

    private static string? Sorted(FileHashes? hashes) => hashes is null ? null : Sorted(string.Join(',', new[]
    {
        ("MD5", hashes.Md5), ("SHA1", hashes.Sha1), ("SHA256", hashes.Sha256), ("IMPHASH", hashes.ImpHash),
    }.Where(h => h.Item2 is not null).Select(h => $"{h.Item1}={h.Item2}")));

    private static string? Sorted(string? list) => list is null
        ? null
        : string.Join(',', list.ToUpperInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
}
