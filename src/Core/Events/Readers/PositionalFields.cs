using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Event data that came as a list of values without names. The number of values determines the event's version; a few values with a known
/// form show whether the list is shifted.
/// </summary>
internal static class PositionalFields
{
    private static readonly string[] Security =
    [
        "SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId", "NewProcessId", "NewProcessName",
        "TokenElevationType", "ProcessId", "CommandLine", "TargetUserSid", "TargetUserName", "TargetDomainName",
        "TargetLogonId", "ParentProcessName", "MandatoryLabel",
    ];

    private static readonly string[] Sysmon =
    [
        "RuleName", "UtcTime", "ProcessGuid", "ProcessId", "Image", "FileVersion", "Description", "Product", "Company",
        "OriginalFileName", "CommandLine", "CurrentDirectory", "User", "LogonGuid", "LogonId", "TerminalSessionId",
        "IntegrityLevel", "Hashes", "ParentProcessGuid", "ParentProcessId", "ParentImage", "ParentCommandLine", "ParentUser",
    ];

    /// <summary>
    /// The values under their names, to be disposed of; <see langword="null"/> when the list fits no version of the event.
    /// </summary>
    public static JsonRows? Named(JsonValue values, bool isSysmon) =>
        values.ValueKind == JsonValueKind.Array ? Named([.. values.Children.Values], isSysmon) : null;

    /// <summary>As the other overload.</summary>
    public static JsonRows? Named(IReadOnlyList<JsonValue> values, bool isSysmon)
    {
        var names = isSysmon ? SysmonNames(values.Count) : SecurityNames(values.Count);
        if (names is null) return null;

        var named = JsonMaker.Object(json =>
        {
            for (var i = 0; i < names.Length; i++) json.Add(names[i], values[i]);
        });
        if (isSysmon ? LooksLikeSysmon(named.Root) : LooksLikeSecurity(named.Root)) return named;
        named.Dispose();
        return null;
    }

    private static string[]? SysmonNames(int count) => count switch
    {
        23 => Sysmon,
        22 => Sysmon[..22],
        21 => [.. Sysmon[..22].Where(name => name != "OriginalFileName")],
        20 => [.. Sysmon[1..22].Where(name => name != "OriginalFileName")],
        _ => null,
    };

    private static string[]? SecurityNames(int count) => count is 15 or 9 or 8 ? Security[..count] : null;

    private static bool LooksLikeSysmon(JsonValue data) =>
        Guid.TryParse(data.Text("ProcessGuid"u8), out _)
        && (data.Text("ParentProcessGuid"u8) is not { } parent || Guid.TryParse(parent, out _))
        && EventTimes.Of(data.Get("UtcTime"u8)) is not null
        && ProcessIds.Of(data.Get("ProcessId"u8)) is not null
        && IsPath(data.Text("Image"u8));

    private static bool LooksLikeSecurity(JsonValue data) =>
        IsHexadecimal(data.Text("NewProcessId"u8))
        && IsHexadecimal(data.Text("ProcessId"u8))
        && IsPath(data.Text("NewProcessName"u8))
        && data.Text("TokenElevationType"u8)?.StartsWith("%%", StringComparison.Ordinal) != false
        && data.Text("MandatoryLabel"u8)?.StartsWith("S-1-16-", StringComparison.Ordinal) != false;

    private static bool IsHexadecimal(string? text) =>
        text?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) == true && ProcessIds.Of(text) is not null;

    /// <summary>A few kernel processes have a name but no path.</summary>
    private static bool IsPath(string? text) =>
        text is not null && (text.Contains('\\', StringComparison.Ordinal) || ProgramName.IsPlausible(text.ToLowerInvariant()));
}
