using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Elastic Common Schema: Elastic Defend and other senders of <c>process.*</c>.</summary>
internal sealed class EcsReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record) =>
        SkippedAs(record) is { } kind
            ? new RecordOutcome.Skipped(SourceFormats.Ecs, kind)
            : Draft(record).Finish(record);

    /// <summary>The kind of a record that is not a process creation on Windows.</summary>
    private static string? SkippedAs(JsonElement record)
    {
        var categories = record.FieldTexts("event.category");
        var types = record.FieldTexts("event.type");
        if (!categories.Contains("process")) return categories.FirstOrDefault("no category");
        if (!types.Contains("start")) return $"process {types.FirstOrDefault("without a type")}";

        // The sensor lists the processes that ran before it started. These are not launches that it has observed.
        if (record.FieldText("event.action") == "already_running") return "process already_running";
        return (record.FieldText("host.os.type") ?? "windows") == "windows" ? null : "process not on Windows";
    }

    private static EventDraft Draft(JsonElement record) => new(SourceFormats.Ecs)
    {
        Time = Time(record),
        HostName = record.FieldText("host.name") ?? record.FieldText("host.hostname"),
        HostId = record.FieldText("host.id"),
        User = Accounts.Of(record.FieldText("user.name"), record.FieldText("user.domain"), record.FieldText("user.id")),
        Child = Process(record, "process."),
        OriginalFileName = record.FieldText("process.pe.original_file_name"),
        Hashes = Hashes.Of(
            record.FieldText("process.hash.md5"),
            record.FieldText("process.hash.sha1"),
            record.FieldText("process.hash.sha256"),
            record.FieldText("process.pe.imphash")),
        Signature = EcsSignature.Of(record),
        Integrity = TokenValues.Integrity(record.FieldText("process.Ext.token.integrity_level_name")),
        Elevation = Elevation(record.Field("process.Ext.token")),
        Parent = Process(record, "process.parent."),
        SourceIdentity = SourceIdentities.Of("ecs", record.FieldText("event.id"))
            ?? SourceIdentities.Of("ecs", record.FieldText("host.id"), record.FieldText("process.entity_id")),
    };

    private static DateTimeOffset? Time(JsonElement record)
    {
        var start = EventTimes.Of(record.Field("process.start"));
        var timestamp = EventTimes.Of(record.Field("@timestamp"));
        return start <= timestamp ? start : timestamp ?? start;
    }

    private static ProcessDraft Process(JsonElement record, string prefix) =>
        new(record.FieldText(prefix + "executable"), record.FieldText(prefix + "name"))
        {
            CommandLine = KnownText.OfCommandLine(record.Field(prefix + "command_line").AsText())
                ?? KnownText.OfCommandLine(string.Join(' ', record.FieldTexts(prefix + "args"))),
            Pid = ProcessIds.Of(record.Field(prefix + "pid")),
            Guid = record.FieldText(prefix + "entity_id"),
        };

    private static TokenElevation? Elevation(JsonElement token) =>
        TokenValues.Elevation(token.FieldText("elevation_level"))
        ?? TokenValues.Elevation(token.FieldText("elevation_type"))
        ?? (token.Field("elevation").ValueKind == JsonValueKind.True ? TokenElevation.Full : null);
}
