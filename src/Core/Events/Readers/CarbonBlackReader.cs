using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Carbon Black Cloud's data forwarder. The names are shifted by a generation: <c>childproc_…</c> is the new process, <c>process_…</c> its
/// direct parent, and <c>parent_…</c> the grandparent, which is never read.
/// </summary>
internal sealed class CarbonBlackReader : IRecordReader
{
    private const string Events = "endpoint.event.";
    private const string Started = Events + "procstart";

    /// <summary>Whether the record comes from the forwarder, which sends alerts and watchlist hits too.</summary>
    public static bool Matches(JsonValue record) => record.Has("org_key"u8) && record.HasText("type"u8) && record.Has("device_id"u8);

    public RecordOutcome Read(JsonValue record)
    {
        var kind = record.Text("type"u8);
        if (kind?.StartsWith(Events, StringComparison.Ordinal) != true) return Skipped("alert");
        if (kind != Started) return Skipped(kind);
        return string.Equals(record.Text("device_os"u8) ?? "windows", "windows", StringComparison.OrdinalIgnoreCase)
            ? Draft(record).Finish(record)
            : Skipped("process not on Windows");
    }

    private static EventDraft Draft(JsonValue record) => new(SourceFormats.CarbonBlack)
    {
        Time = Time(record.Text("device_timestamp"u8)),
        HostName = Host(record.Text("device_name"u8)),
        HostId = record.Text("device_id"u8),
        User = Accounts.Of(record.Text("childproc_username"u8)),
        Child = new ProcessDraft(record.Text("childproc_name"u8))
        {
            CommandLine = record.CommandLine("childproc_cmdline"u8) ?? record.CommandLine("target_cmdline"u8),
            Pid = ProcessIds.Of(record.Get("childproc_pid"u8)),
            Guid = record.Text("childproc_guid"u8),
        },
        Hashes = Hashes.Of(Hash(record, 32), sha1: null, Hash(record, 64), impHash: null),
        Signature = record.Text("childproc_publisher"u8) is { } signer ? new CodeSignature(SignatureStatus.Unknown, signer) : null,
        Parent = new ProcessDraft(record.Text("process_path"u8))
        {
            CommandLine = record.CommandLine("process_cmdline"u8),
            Pid = ProcessIds.Of(record.Get("process_pid"u8)),
            Guid = record.Text("process_guid"u8),
        },
        SourceIdentity = SourceIdentities.Of("carbon-black", record.Text("device_id"u8), record.Text("childproc_guid"u8)),
    };

    /// <summary>The sensor's time ends in the zone twice: <c>+0000 UTC</c>.</summary>
    private static DateTimeOffset? Time(string? text) =>
        EventTimes.Of(text?.EndsWith(" UTC", StringComparison.Ordinal) == true ? text[..^4] : text);

    /// <summary>A device that is in a domain is named <c>DOMAIN\NAME</c>.</summary>
    private static string? Host(string? device) => device?[(device.IndexOf('\\', StringComparison.Ordinal) + 1)..];

    /// <summary>MD5 and SHA-256 are in one list.</summary>
    private static string? Hash(JsonValue record, int digits) =>
        record.FieldTexts("childproc_hash"u8).FirstOrDefault(text => text.Length == digits);

    private static RecordOutcome.Skipped Skipped(string kind) => new(SourceFormats.CarbonBlack, kind);
}
