using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.Backtest.Gathering;

/// <summary>The parts of a finding's message (OCSF) that describe finding and launch: what an explanation reads, and no more.</summary>
internal static class FindingExcerpt
{
    /// <summary>Maximum size in bytes. Only a launch with very long command lines has more.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int DetectionFinding = 2004;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Whole =
        ["class_uid", "time", "start_time", "severity", "is_alert", "message", "metadata", "finding_info", "device"];

    private static readonly (string Part, string[] Names)[] Numbers = [("prediction", ["probability", "model"]), ("rarity", ["score"])];

    /// <summary>The id of a finding about one launch, and its excerpt.</summary>
    /// <returns><see langword="null"/> for any other message, and for one that is too long.</returns>
    public static (string Uid, byte[] Excerpt)? Of(ReadOnlyMemory<byte> message)
    {
        using var json = JsonDocument.Parse(message);
        var root = json.RootElement;
        if (!root.TryGetProperty("class_uid", out var kind) || kind.GetInt32() != DetectionFinding) return null;
        var evidence = root.GetProperty("evidences")[0];
        if (!evidence.TryGetProperty("process", out var process)) return null;

        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            foreach (var name in Whole) Copy(writer, root, name);
            writer.WriteStartArray("evidences");
            writer.WriteStartObject();
            writer.WritePropertyName("process");
            process.WriteTo(writer);
            WriteNumbers(writer, evidence.GetProperty("data"));
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenCount > MaxBytes
            ? null
            : (root.GetProperty("finding_info").GetProperty("uid").GetString()!, buffer.WrittenSpan.ToArray());
    }

    private static void WriteNumbers(Utf8JsonWriter writer, JsonElement data)
    {
        writer.WriteStartObject("data");
        foreach (var (part, names) in Numbers)
        {
            if (!data.TryGetProperty(part, out var values) || values.ValueKind != JsonValueKind.Object) continue;
            writer.WriteStartObject(part);
            foreach (var name in names) Copy(writer, values, name);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement from, string name)
    {
        if (!from.TryGetProperty(name, out var value)) return;
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }
}
