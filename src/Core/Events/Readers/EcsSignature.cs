using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Readers;

/// <summary>The signature of an ECS process's file.</summary>
internal static class EcsSignature
{
    public static CodeSignature? Of(JsonValue record) =>
        Of(record, "process.code_signature."u8) ?? Of(Older(record.Field("process.Ext.code_signature"u8)), ""u8);

    /// <summary>Older sensors send a list of signatures; the first one counts.</summary>
    private static JsonValue Older(JsonValue list) =>
        list.ValueKind == JsonValueKind.Array ? list.Children.Values.FirstOrDefault() : list;

    private static CodeSignature? Of(JsonValue value, ReadOnlySpan<byte> prefix)
    {
        var exists = value.Field(prefix, "exists"u8).ValueKind;
        var trusted = value.Field(prefix, "trusted"u8).ValueKind;
        var status = value.FieldText(prefix, "status"u8);
        var signer = value.FieldText(prefix, "subject_name"u8);

        if (exists == JsonValueKind.False || status == "noSignature") return new CodeSignature(SignatureStatus.Unsigned);
        if (status == "trusted" || trusted == JsonValueKind.True) return new CodeSignature(SignatureStatus.Valid, signer);
        if (status is not null || trusted == JsonValueKind.False) return new CodeSignature(SignatureStatus.Invalid, signer);
        return exists == JsonValueKind.True || signer is not null ? new CodeSignature(SignatureStatus.Unknown, signer) : null;
    }
}
