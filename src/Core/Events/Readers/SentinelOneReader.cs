using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// SentinelOne Cloud Funnel: one flat object whose keys hold dots. <c>tgt.process</c> is the new process, <c>src.process</c> its parent,
/// <c>src.process.parent</c> the grandparent, which is never read.
/// </summary>
internal sealed class SentinelOneReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record)
    {
        if ((record.FieldText("meta.event.name") ?? record.FieldText("event.type")) is not { } kind)
            return DeadRecord.Of(record, DeadLetterReasons.MissingField, "missing or unreadable: event.type");
        if (Folded(kind) != "processcreation") return Skipped(kind);
        return Platforms.IsOther(record.FieldText("endpoint.os")) ? Skipped(Platforms.NotWindows) : Draft(record).Finish(record);
    }

    private static EventDraft Draft(JsonElement record) => new(SourceFormats.SentinelOne)
    {
        Time = EventTimes.Of(record.Field("tgt.process.startTime")) ?? EventTimes.Of(record.Field("event.time")),
        HostName = record.FieldText("endpoint.name"),
        HostId = record.FieldText("agent.uuid"),
        User = Accounts.Of(record.FieldText("tgt.process.user")),
        Child = Process(record, "tgt.process."),
        Hashes = Hashes.Of(
            record.FieldText("tgt.process.image.md5"),
            record.FieldText("tgt.process.image.sha1"),
            record.FieldText("tgt.process.image.sha256"),
            impHash: null),
        Signature = Signature(record),
        Integrity = TokenValues.Integrity(record.FieldText("tgt.process.integrityLevel")),
        Parent = Process(record, "src.process."),
        SourceIdentity = SourceIdentities.Of("sentinelone", record.FieldText("agent.uuid"), record.FieldText("tgt.process.uid")),
    };

    private static ProcessDraft Process(JsonElement record, string prefix) =>
        new(record.FieldText(prefix + "image.path"), record.FieldText(prefix + "name"))
        {
            CommandLine = KnownText.OfCommandLine(record.Field(prefix + "cmdline").AsText()),
            Pid = ProcessIds.Of(record.Field(prefix + "pid")),
            Guid = record.FieldText(prefix + "uid"),
        };

    private static CodeSignature? Signature(JsonElement record)
    {
        var signer = record.FieldText("tgt.process.publisher");
        return (
            record.FieldText("tgt.process.signedStatus")?.ToLowerInvariant(),
            record.FieldText("tgt.process.verifiedStatus")?.ToLowerInvariant()) switch
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
