using Changeling.Deciding;
using Changeling.Events;

namespace Changeling.Pipeline;

/// <summary>
/// A message of a batch with its records, as long as they are needed. Once they are committed they are forgotten, and read again only if
/// the watermark turns out to be lower than it was.
/// </summary>
internal sealed class ReadMessage
{
    private readonly EventBatch _batch;
    private readonly MessageReader _reader;
    private ArrivedRecord[]? _records;

    /// <summary>Reads a message.</summary>
    /// <param name="batch">Its batch.</param>
    /// <param name="message">The message.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="size">Number of bytes after decompression.</param>
    public ReadMessage(EventBatch batch, TelemetryMessage message, MessageReader reader, out long size)
    {
        (_batch, Message, _reader) = (batch, message, reader);
        _records = Read(out size);
        Count = _records.Length;
    }

    public TelemetryMessage Message { get; }

    /// <summary>The number of its records, at least 1.</summary>
    public int Count { get; }

    /// <summary>A record by its index.</summary>
    public ArrivedRecord Record(int index) => (_records ??= Read(out _))[index];

    /// <summary>Lets the records go.</summary>
    public void Forget() => _records = null;

    private ArrivedRecord[] Read(out long size)
    {
        if (Message.Content is not { Outcomes: var outcomes, Size: var known }) outcomes = _reader.Read(Message.Body, out size);
        else size = known;
        var records = new ArrivedRecord[outcomes.Count];
        for (var i = 0; i < records.Length; i++) records[i] = new ArrivedRecord(_batch.Partition, Message, outcomes[i]);
        return records;
    }
}
