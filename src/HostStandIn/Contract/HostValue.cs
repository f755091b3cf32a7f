using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.Events;

namespace Changeling.HostStandIn.Contract;

/// <summary>The host's one rule of encoding (section 1.3): what is no object goes as a string that holds its JSON text.</summary>
internal static class HostValue
{
    private static readonly JsonWriterOptions LikeTheHost = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON text of an array with one item a message.</summary>
    public static string Array(IReadOnlyList<TelemetryMessage> messages, Action<Utf8JsonWriter, TelemetryMessage> writeItem)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, LikeTheHost))
        {
            json.WriteStartArray();
            foreach (var message in messages) writeItem(json, message);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>UTC without <c>Z</c>, fractions as far as they go (section 1.4).</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>An offset as text. Its value is made up from the sequence number; nobody may rely on it.</summary>
    public static string Offset(TelemetryMessage message) => (8589934592 + (message.SequenceNumber * 1024)).ToString(CultureInfo.InvariantCulture);

    /// <summary><c>{}</c></summary>
    public static void WriteEmptyObject(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    /// <summary>One element of <c>SystemPropertiesArray</c>.</summary>
    public static void WriteSystemProperties(Utf8JsonWriter json, TelemetryMessage message)
    {
        json.WriteStartObject();
        json.WriteNumber("SequenceNumber", message.SequenceNumber);
        json.WriteNumber("Offset", long.Parse(Offset(message), CultureInfo.InvariantCulture));
        json.WriteString("OffsetString", Offset(message));
        json.WriteNull("PartitionKey");
        json.WriteString("EnqueuedTimeUtc", Time(message.EnqueuedTime));
        json.WriteEndObject();
    }
}
