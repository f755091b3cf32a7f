using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// SentinelOne Cloud Funnel: one flat object whose keys hold dots. <c>tgt.process</c> is the new process, <c>src.process</c> its parent,
/// <c>src.process.parent</c> the grandparent, which is never read.
/// </summary>
internal sealed class SentinelOneReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record)
    {
        if ((record.FieldText("meta.event.name"u8) ?? record.FieldText("event.type"u8)) is not { } kind)
            return DeadRecord.Of(record, DeadLetterReasons.MissingField, "missing or unreadable: event.type");
        if (Folded(kind) != "processcreation") return Skipped(kind);
        return Platforms.IsOther(record.FieldText("endpoint.os"u8)) ? Skipped(Platforms.NotWindows) : Draft(record).Finish(record);
    }

    private static EventDraft Draft(JsonValue record) => new(SourceFormats.SentinelOne)
    {
        Time = EventTimes.Of(record.Field("tgt.process.startTime"u8)) ?? EventTimes.Of(record.Field("event.time"u8)),
        HostName = record.FieldText("endpoint.name"u8),
        HostId = record.FieldText("agent.uuid"u8),
        User = Accounts.Of(record.FieldText("tgt.process.user"u8)),
        Child = Process(record, "tgt.process."u8),
        Hashes = Hashes.Of(
            record.FieldText("tgt.process.image.md5"u8),
            record.FieldText("tgt.process.image.sha1"u8),
            record.FieldText("tgt.process.image.sha256"u8),
            impHash: null),
        Signature = Signature(record),
        Integrity = TokenValues.Integrity(record.FieldText("tgt.process.integrityLevel"u8)),
        Parent = Process(record, "src.process."u8),
        SourceIdentity = SourceIdentities.Of("sentinelone", record.FieldText("agent.uuid"u8), record.FieldText("tgt.process.uid"u8)),
    };

    private static ProcessDraft Process(JsonValue record, ReadOnlySpan<byte> prefix) =>
        new(record.FieldText(prefix, "image.path"u8), record.FieldText(prefix, "name"u8))
        {
            CommandLine = KnownText.OfCommandLine(record.Field(prefix, "cmdline"u8).AsText()),
            Pid = ProcessIds.Of(record.Field(prefix, "pid"u8)),
            Guid = record.FieldText(prefix, "uid"u8),
        };

    private static CodeSignature? Signature(JsonValue record)
    {
        var signer = record.FieldText("tgt.process.publisher"u8);
        return (
            record.FieldText("tgt.process.signedStatus"u8)?.ToLowerInvariant(),
            record.FieldText("tgt.process.verifiedStatus"u8)?.ToLowerInvariant()) switch
        {
            ("unsigned", _) => new CodeSignature(SignatureStatus.Unsigned),
            ("signed", "verified") => new CodeSignature(SignatureStatus.Valid, signer),
            ("signed", null) => new CodeSignature(SignatureStatus.Unknown, signer),
            ("signed", _) => new CodeSignature(SignatureStatus.Invalid, signer),
            _ => null,
        };
    }

    /// <summary><c>Process Creation</c> and <c>PROCESSCREATION</c> are the same.</summary>
    private static string Folded(string kind) => kind.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static RecordOutcome.Skipped Skipped(string kind) => new(SourceFormats.SentinelOne, kind);
}
