using System.Collections.Frozen;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Hayabusa's timeline as JSON: the fields of the matched rule, abbreviated, under <c>Details</c>, the others under <c>ExtraFieldInfo</c>,
/// or all under <c>AllFieldInfo</c>. One event that several rules match is written several times, with one identity.
/// </summary>
internal sealed class HayabusaReader : IRecordReader
{
    private static readonly FrozenDictionary<string, string> OfBoth = new Dictionary<string, string>
    {
        ["Cmdline"] = "CommandLine",
        ["ParentCmdline"] = "ParentCommandLine",
        ["PGUID"] = "ProcessGuid",
        ["ParentPID"] = "ParentProcessId",
        ["ParentPGUID"] = "ParentProcessGuid",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Matches(JsonValue record) =>
        record.Has("RuleTitle"u8) && record.Has("EventID"u8) && record.Has("Channel"u8) && record.Has("Computer"u8);

    public RecordOutcome Read(JsonValue record)
    {
        var channel = Channel(record.Text("Channel"u8));
        var isSysmon = channel?.Contains("Sysmon", StringComparison.Ordinal) == true;
        using var data = JsonMaker.Object(json =>
        {
            RenamedFields.Add(json, record.Get("Details"u8), name => OfBoth.GetValueOrDefault(name) ?? Full(name, isSysmon));
            RenamedFields.Add(json, record.Get("ExtraFieldInfo"u8), name => name);
            RenamedFields.Add(json, record.Get("AllFieldInfo"u8), name => name);
        });
        return new WindowsEvent(SourceFormats.Hayabusa, record, data.Root)
        {
            EventId = ProcessIds.Of(record.Get("EventID"u8)),
            Channel = channel,
            Computer = record.Text("Computer"u8),
            RecordId = record.Text("RecordID"u8),
            Time = record.Get("Timestamp"u8),
        }.Read();
    }

    /// <summary>Channels are abbreviated too, unless the profile of Hayabusa writes them in full.</summary>
    private static string? Channel(string? channel) => channel switch
    {
        "Sec" => "Security",
        "Sysmon" => "Microsoft-Windows-Sysmon/Operational",
        _ => channel,
    };

    private static string Full(string name, bool isSysmon) => (name, isSysmon) switch
    {
        ("Proc", true) => "Image",
        ("Proc", false) => "NewProcessName",
        ("PID", true) => "ProcessId",
        ("PID", false) => "NewProcessId",
        ("User", false) => "SubjectUserName",
        ("LID", false) => "SubjectLogonId",
        _ => name,
    };
}
