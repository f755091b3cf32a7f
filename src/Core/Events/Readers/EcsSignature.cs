using System.Text.Json;

namespace Changeling.Events.Readers;

/// <summary>The signature of an ECS process's file.</summary>
internal static class EcsSignature
{
    public static CodeSignature? Of(JsonElement record) =>
        Of(record, "process.code_signature.") ?? Of(Older(record.Field("process.Ext.code_signature")), "");

    /// <summary>Older sensors send a list of signatures; the first one counts.</summary>
    private static JsonElement Older(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().FirstOrDefault() : list;

    private static CodeSignature? Of(JsonElement value, string prefix)
    {
        var exists = value.Field(prefix + "exists").ValueKind;
        var trusted = value.Field(prefix + "trusted").ValueKind;
        var status = value.FieldText(prefix + "status");
        var signer = value.FieldText(prefix + "subject_name");

        if (exists == JsonValueKind.False || status == "noSignature") return new CodeSignature(SignatureStatus.Unsigned);
        if (status == "trusted" || trusted == JsonValueKind.True) return new CodeSignature(SignatureStatus.Valid, signer);
        if (status is not null || trusted == JsonValueKind.False) return new CodeSignature(SignatureStatus.Invalid, signer);
        return exists == JsonValueKind.True || signer is not null ? new CodeSignature(SignatureStatus.Unknown, signer) : null;
    }
}
