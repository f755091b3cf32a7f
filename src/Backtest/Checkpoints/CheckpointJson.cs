using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Counts;
using Changeling.Operations;

namespace Changeling.Backtest.Checkpoints;

/// <summary>The JSON parts of a checkpoint: every value is restored exactly, lone surrogates included.</summary>
internal static class CheckpointJson
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        IncludeFields = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new ExactText(), new HostsAsBytes() },
    };

    public static void Write<T>(ZipArchive archive, string name, T value)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        JsonSerializer.Serialize(entry, value, Format);
    }

    /// <exception cref="InvalidDataException">The part is missing or has no valid value.</exception>
    public static T Read<T>(ZipArchive archive, string name)
    {
        using var entry = Part(archive, name).Open();
        try
        {
            return JsonSerializer.Deserialize<T>(entry, Format) ?? throw new InvalidDataException($"{name} is empty");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }
    }

    public static ZipArchiveEntry Part(ZipArchive archive, string name) =>
        archive.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing");

    private sealed class ExactText : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            ExactName.Read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(ExactName.Write(value));

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            ExactName.Read(reader.GetString()!);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(ExactName.Write(value));
    }

    private sealed class HostsAsBytes : JsonConverter<DayHosts>
    {
        public override DayHosts Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            DayHosts.FromBytes(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, DayHosts value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.ToBytes());
    }
}
