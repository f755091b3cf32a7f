using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.HostStandIn.Contract;

/// <summary>
/// The body of a request (sections 1.3 to 1.5), written straight to the connection: chunked, without a length. Only quotes
/// are escaped, as the host's serializer does it.
/// </summary>
internal sealed class InvocationContent : HttpContent
{
    private static readonly JsonWriterOptions LikeTheHost = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Invocation _invocation;
    private readonly RetryPolicy? _retry;
    private readonly string? _failure;
    private readonly DateTimeOffset _now;

    /// <param name="invocation">The attempt.</param>
    /// <param name="retry">The retry policy; without one there is no <c>RetryContext</c>.</param>
    /// <param name="failure">Why the attempt before failed.</param>
    /// <param name="now">The host's clock.</param>
    public InvocationContent(Invocation invocation, RetryPolicy? retry, string? failure, DateTimeOffset now)
    {
        _invocation = invocation;
        _retry = retry;
        _failure = failure;
        _now = now;
        Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await WriteDataAsync(stream, cancellationToken);

        var metadata = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(metadata, LikeTheHost)) WriteMetadata(json);
        await stream.WriteAsync(metadata.WrittenMemory, cancellationToken);
        await stream.WriteAsync("}"u8.ToArray(), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <summary>An array of byte arrays is not a JSON object, so it goes as a string that holds its JSON text.</summary>
    private async Task WriteDataAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("{\"Data\":{\"telemetry\":\"["u8.ToArray(), cancellationToken);
        var first = true;
        foreach (var message in _invocation.Batch.Messages)
        {
            await stream.WriteAsync(first ? "\\\""u8.ToArray() : ",\\\""u8.ToArray(), cancellationToken);
            first = false;

            var text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(message.Body.Length));
            Base64.EncodeToUtf8(message.Body.Span, text, out _, out var written);
            await stream.WriteAsync(text.AsMemory(0, written), cancellationToken);
            ArrayPool<byte>.Shared.Return(text);
            await stream.WriteAsync("\\\""u8.ToArray(), cancellationToken);
        }

        await stream.WriteAsync("]\"},\"Metadata\":"u8.ToArray(), cancellationToken);
    }

    private void WriteMetadata(Utf8JsonWriter json)
    {
        var messages = _invocation.Batch.Messages;
        json.WriteStartObject();
        WritePartition(json, "TriggerPartitionContext");
        WritePartition(json, "PartitionContext");
        json.WriteString("PartitionKeyArray", HostValue.Array(messages, static (w, _) => w.WriteNullValue()));
        json.WriteString("OffsetArray", HostValue.Array(messages, static (w, m) => w.WriteStringValue(HostValue.Offset(m))));
        json.WriteString("OffsetStringArray", HostValue.Array(messages, static (w, m) => w.WriteStringValue(HostValue.Offset(m))));
        json.WriteString("SequenceNumberArray", HostValue.Array(messages, static (w, m) => w.WriteNumberValue(m.SequenceNumber)));
        json.WriteString("EnqueuedTimeUtcArray", HostValue.Array(messages, static (w, m) => w.WriteStringValue(HostValue.Time(m.EnqueuedTime))));
        json.WriteString("PropertiesArray", HostValue.Array(messages, static (w, _) => HostValue.WriteEmptyObject(w)));
        json.WriteString("SystemPropertiesArray", HostValue.Array(messages, HostValue.WriteSystemProperties));
        WriteSystem(json);
        if (_retry is not null) WriteRetryContext(json, _retry);
        json.WriteEndObject();
    }

    private void WritePartition(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("IsCheckpointingAfterInvocation", true);
        json.WriteString("FullyQualifiedNamespace", "evhns-stand-in.servicebus.windows.net");
        json.WriteString("EventHubName", _invocation.Batch.Partition.Hub);
        json.WriteString("ConsumerGroup", "changeling");
        json.WriteString("PartitionId", _invocation.Batch.Partition.Id);
        json.WriteEndObject();
    }

    private void WriteSystem(Utf8JsonWriter json)
    {
        json.WriteStartObject("sys");
        json.WriteString("MethodName", FunctionApp.Function);
        json.WriteString("UtcNow", HostValue.Time(_now) + "Z");
        json.WriteString("RandGuid", _invocation.Id);
        json.WriteEndObject();
    }

    private void WriteRetryContext(Utf8JsonWriter json, RetryPolicy retry)
    {
        json.WriteStartObject("RetryContext");
        json.WriteNumber("RetryCount", _invocation.RetryCount);
        json.WriteNumber("MaxRetryCount", retry.MaxRetryCount);
        if (_failure is null)
        {
            json.WriteNull("Exception");
        }
        else
        {
            json.WriteStartObject("Exception");
            json.WriteString("ClassName", "Microsoft.Azure.WebJobs.Host.FunctionInvocationException");
            json.WriteString("Message", $"Exception while executing function: Functions.{FunctionApp.Function}");
            json.WriteStartObject("InnerException");
            json.WriteString("Message", _failure);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteNull("Instance");
        json.WriteStartObject("State");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
