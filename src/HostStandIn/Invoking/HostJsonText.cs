using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn.Invoking;

/// <summary>Values that go to a worker as JSON text. Only quotes are escaped, as the host's serializer does it.</summary>
internal static class HostJsonText
{
    private static readonly JsonWriterOptions LikeTheHost = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object.</summary>
    public static TypedData Object(Action<Utf8JsonWriter> writeMembers) => Text(json =>
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    });

    /// <summary>An array of one value an item.</summary>
    public static TypedData Array<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> writeItem) => Text(json =>
    {
        json.WriteStartArray();
        foreach (var item in items) writeItem(json, item);
        json.WriteEndArray();
    });

    private static TypedData Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, LikeTheHost)) write(json);
        return new TypedData { Json = Encoding.UTF8.GetString(buffer.WrittenSpan) };
    }
}
