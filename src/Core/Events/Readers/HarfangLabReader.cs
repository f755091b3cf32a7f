using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// HarfangLab's telemetry of processes. <c>parent_image</c> is the process that started this one; <c>fake_parent_image</c> is what the
/// process names as its parent where that was spoofed, and is not read.
/// </summary>
internal sealed class HarfangLabReader : IRecordReader
{
    /// <summary>
    /// Whether the record is telemetry of the agent. Forwarded Windows events have Winlogbeat 6's form and are read as such.
    /// </summary>
    public static bool Matches(JsonValue record) =>
        record.HasText("log_type"u8) && record.Get("agent"u8).Has("agentid"u8) && !record.HasObject("event_data"u8);

    public RecordOutcome Read(JsonValue record)
    {
        var kind = record.Text("log_type"u8);
        if (kind != "process") return Skipped($"log type {kind}");
        return string.Equals(record.Get("agent"u8).Text("ostype"u8) ?? "windows", "windows", StringComparison.OrdinalIgnoreCase)
            ? Draft(record, record.Get("agent"u8)).Finish(record)
            : Skipped("process not on Windows");
    }

    private static EventDraft Draft(JsonValue record, JsonValue agent) => new(SourceFormats.HarfangLab)
    {
        Time = EventTimes.Of(record.Get("@event_create_date"u8)) ?? EventTimes.Of(record.Get("@timestamp"u8)),
        HostName = agent.Text("hostname"u8),
        HostId = agent.Text("agentid"u8),
        User = Accounts.Of(record.Text("username"u8), record.Text("usersid"u8)),
        Child = new ProcessDraft(record.Text("image_name"u8), record.Text("process_name"u8))
        {
            CommandLine = record.CommandLine("commandline"u8),
            Pid = ProcessIds.Of(record.Get("pid"u8)),
            Guid = record.Text("process_unique_id"u8),
        },
        OriginalFileName = record.Get("pe_info"u8).Text("original_filename"u8),
        Hashes = Hashes.Of(
            record.Get("hashes"u8).Text("md5"u8),
            record.Get("hashes"u8).Text("sha1"u8),
            record.Get("hashes"u8).Text("sha256"u8),
            record.Text("pe_imphash"u8)),
        Signature = Signature(record),
        Integrity = TokenValues.Integrity(record.Text("integrity_level"u8)),
        Parent = new ProcessDraft(record.Text("parent_image"u8))
        {
            CommandLine = record.CommandLine("parent_commandline"u8),
            Pid = ProcessIds.Of(record.Get("ppid"u8)),
            Guid = record.Text("parent_unique_id"u8),
        },
        SourceIdentity = SourceIdentities.Of("harfanglab", agent.Text("agentid"u8), record.Text("process_unique_id"u8)),
    };

    private static CodeSignature? Signature(JsonValue record) => record.Get("signed"u8).ValueKind switch
    {
        JsonValueKind.True => new CodeSignature(
            SignatureStatus.Unknown, record.Get("signature_info"u8).Get("signer_info"u8).Text("display_name"u8)),
        JsonValueKind.False => new CodeSignature(SignatureStatus.Unsigned),
        _ => null,
    };

    private static RecordOutcome.Skipped Skipped(string kind) => new(SourceFormats.HarfangLab, kind);
}
