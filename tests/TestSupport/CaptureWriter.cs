using System.Globalization;
using Avro;
using Avro.File;
using Avro.Generic;

namespace Changeling.TestSupport;

/// <summary>Writes files as Event Hubs Capture does, with the schema that its documentation prints.</summary>
public static class CaptureWriter
{
    private const string Schema = """
        {"type":"record","name":"EventData","namespace":"Microsoft.ServiceBus.Messaging","fields":[
        {"name":"SequenceNumber","type":"long"},{"name":"Offset","type":"string"},{"name":"EnqueuedTimeUtc","type":"string"},
        {"name":"SystemProperties","type":{"type":"map","values":["long","double","string","bytes"]}},
        {"name":"Properties","type":{"type":"map","values":["long","double","string","bytes","null"]}},
        {"name":"Body","type":["null","bytes"]}]}
        """;

    /// <summary>One file.</summary>
    /// <param name="messages">Sequence number, enqueued time and body.</param>
    /// <param name="isDeflated">Whether blocks are compressed.</param>
    /// <param name="blockSize">Number of bytes of a block.</param>
    public static byte[] File(
        IEnumerable<(long SequenceNumber, DateTimeOffset EnqueuedTime, byte[]? Body)> messages,
        bool isDeflated = false,
        int blockSize = 16_000)
    {
        var schema = (RecordSchema)Avro.Schema.Parse(Schema);
        using var bytes = new MemoryStream();
        var codec = Codec.CreateCodec(isDeflated ? Codec.Type.Deflate : Codec.Type.Null);
        var records = new GenericDatumWriter<GenericRecord>(schema);
        using (var writer = DataFileWriter<GenericRecord>.OpenWriter(records, bytes, codec, leaveOpen: true))
        {
            writer.SetSyncInterval(blockSize);
            foreach (var (number, time, body) in messages)
            {
                var record = new GenericRecord(schema);
                record.Add("SequenceNumber", number);
                record.Add("Offset", (number * 1000).ToString(CultureInfo.InvariantCulture));
                record.Add("EnqueuedTimeUtc", time.UtcDateTime.ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture));
                record.Add("SystemProperties", new Dictionary<string, object> { ["x-opt-publisher"] = "collector" });
                record.Add("Properties", new Dictionary<string, object?> { ["n"] = number, ["none"] = null });
                record.Add("Body", body);
                writer.Append(record);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The path of a file by Capture's usual naming convention.</summary>
    public static string Path(int partition, DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"ns/telemetry/{partition}/{time.UtcDateTime:yyyy'/'MM'/'dd'/'HH'/'mm'/'ss}.avro");
}
