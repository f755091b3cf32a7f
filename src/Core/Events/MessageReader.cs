using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Readers;

namespace Changeling.Events;

/// <summary>
/// Reads the body of one message: removes gzip, encoding and envelope, detects each record's format, and reads it. Pure and safe to call
/// from many threads; no bytes make it throw.
/// </summary>
/// <param name="limits">What one message may cost.</param>
/// <param name="pinned">
/// One of <see cref="SourceFormats.All"/> when the operator has set the only format of the hub: a record of another format is a dead
/// letter. <see langword="null"/> to detect the format of each record from its property names.
/// </param>
public sealed class MessageReader(MessageLimits limits, string? pinned = null)
{
    /// <summary>
    /// Maximum number of invalid lines or events that become records of their own. With one more, the rest of the text is one record, so
    /// that a megabyte of noise does not cause half a million exceptions and dead letters.
    /// </summary>
    private const int MaxBrokenLines = 1000;

    private static readonly RecordOutcome NoRecords = new RecordOutcome.Skipped("none", "no records");

    private readonly RecordReader _records = pinned is null
        ? new(FormatTable.Find, FormatTable.Xml, limits)
        : new(
            record => FormatTable.FindPinned(pinned, record),
            pinned == SourceFormats.WinEventXml ? FormatTable.Xml : new MismatchReader(pinned, SourceFormats.WinEventXml),
            limits);

    /// <summary>Takes the table of formats, so that a test can use a reader that throws.</summary>
    internal MessageReader(MessageLimits limits, Func<JsonValue, FormatRow?> find)
        : this(limits) => _records = new RecordReader(find, FormatTable.Xml, limits);

    /// <summary>Reads all records of a message.</summary>
    /// <param name="body">The bytes as the hub handed them over.</param>
    /// <returns>
    /// At least one outcome; an outcome's place in the list is the record's index in the message. A message that cannot be split is one
    /// record.
    /// </returns>
    public IReadOnlyList<RecordOutcome> Read(ReadOnlyMemory<byte> body) => Read(body, out _);

    /// <summary>Reads all records of a message, and says how large it was.</summary>
    /// <param name="body">The bytes as the hub handed them over.</param>
    /// <param name="size">Number of bytes after decompression, which determines the time and memory for reading.</param>
    /// <returns>As the other overload.</returns>
    public IReadOnlyList<RecordOutcome> Read(ReadOnlyMemory<byte> body, out long size)
    {
        size = body.Length;
        try
        {
            var outcomes = Open(body, ref size);
            return outcomes.Count == 0 ? [NoRecords] : outcomes;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Whole(body, DeadLetterReasons.InternalError, $"the message could not be taken apart: {fault.GetType().Name}");
        }
    }

    private IReadOnlyList<RecordOutcome> Open(ReadOnlyMemory<byte> body, ref long size)
    {
        var bytes = body;
        if (Gzip.IsGzip(body.Span) && Gzip.Inflate(body, limits, out bytes) is { } reason) return Whole(body, reason, "the gzip stream");
        if (bytes.Length > limits.MaxInflatedBytes)
            return Whole(body, DeadLetterReasons.MessageTooLarge, $"more than {limits.MaxInflatedBytes} bytes");

        size = bytes.Length;
        var text = Utf8Text.From(bytes);
        var start = text.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return Whole(body, DeadLetterReasons.Empty, "no byte but blanks");
        if (!XmlEvents.IsXml(start) && text.Span.Count((byte)',') > limits.MaxCommas)
            return Whole(body, DeadLetterReasons.TooManyRecords, $"more than {limits.MaxCommas} commas");

        var outcomes = new List<RecordOutcome>();
        if (XmlEvents.IsXml(start))
        {
            if (!TryReadXml(XmlPrefix.Removed(text), outcomes))
                return Whole(body, DeadLetterReasons.UnknownFormat, "XML without an Event element");
        }
        else if (!TryReadValue(text, outcomes) && !TryReadLines(text, outcomes))
        {
            outcomes.Clear();
            if (!TryReadCut(text, outcomes)) return Whole(body, JsonText.Fault(text, limits.MaxDepth), "the body");
        }

        ParentsInMessage.Complete(outcomes);
        return outcomes.Count > limits.MaxRecords
            ? Whole(body, DeadLetterReasons.TooManyRecords, $"more than {limits.MaxRecords} records")
            : outcomes;
    }

    /// <summary>Reads XML events. An invalid event is a record of its own, and so is other text between events.</summary>
    /// <returns><see langword="false"/> when there is no event.</returns>
    private bool TryReadXml(ReadOnlyMemory<byte> text, List<RecordOutcome> outcomes)
    {
        var hasEvents = false;
        var broken = 0;
        foreach (var (range, isEvent) in XmlEvents.Pieces(text))
        {
            if (outcomes.Count > limits.MaxRecords) break;
            hasEvents |= isEvent;
            var outcome = isEvent ? _records.ReadXml(text[range]) : NotAnEvent(text[range]);
            if (outcome is RecordOutcome.Unreadable { Reason: DeadLetterReasons.NotXml } && ++broken > MaxBrokenLines)
            {
                outcomes.Add(NotAnEvent(text[range.Start..]));
                break;
            }

            outcomes.Add(outcome);
        }

        return hasEvents;
    }

    private static RecordOutcome.Unreadable NotAnEvent(ReadOnlyMemory<byte> text) =>
        new(DeadLetterReasons.NotXml, "the text between events", DeadBody.Of(text.Span)) { Format = SourceFormats.WinEventXml };

    /// <summary>Reads the records of one JSON value.</summary>
    /// <returns><see langword="false"/>, and nothing added, when the text is not one JSON value.</returns>
    private bool TryReadValue(ReadOnlyMemory<byte> json, List<RecordOutcome> outcomes)
    {
        using var document = JsonText.TryParse(json, limits.MaxDepth);
        if (document is null) return TryReadDeepValue(json, outcomes);
        if (RecordElements.IsRecord(document.Root)) _records.Read(document.Root, outcomes);
        else ReadAll(RecordElements.Of(document.Root), outcomes);
        return true;
    }

    /// <summary>Records that are nested too deeply become dead letters; the others of the message are read.</summary>
    private bool TryReadDeepValue(ReadOnlyMemory<byte> json, List<RecordOutcome> outcomes)
    {
        if (!JsonDepth.Exceeds(json.Span, limits.MaxDepth)) return false;
        if (RecordRanges.Of(json.Span) is not { } ranges) return false;
        foreach (var range in ranges.Take(Room(outcomes))) ReadIfShallow(json[range], outcomes);
        return true;
    }

    private void ReadIfShallow(ReadOnlyMemory<byte> record, List<RecordOutcome> outcomes)
    {
        using var document = JsonText.TryParse(record, limits.MaxDepth);
        if (document is null) outcomes.Add(new RecordOutcome.Unreadable(DeadLetterReasons.TooDeep, "the record", DeadBody.Of(record.Span)));
        else ReadAll(OtlpLogs.Opened(document.Root), outcomes);
    }

    private void ReadAll(IEnumerable<JsonValue> records, List<RecordOutcome> outcomes)
    {
        foreach (var record in records)
        {
            if (outcomes.Count > limits.MaxRecords) return;
            _records.Read(record, outcomes);
        }
    }

    /// <summary>
    /// Reads JSON that ends too early, or cannot be read from some point on: the records before it, and as much of the last one as is
    /// there. What is behind it is a dead letter of its own.
    /// </summary>
    /// <returns><see langword="false"/>, and nothing added, when no launch is read.</returns>
    private bool TryReadCut(ReadOnlyMemory<byte> json, List<RecordOutcome> outcomes)
    {
        if (CutJson.Of(json) is not { } cut) return false;
        using var document = JsonText.TryParse(cut.Text, limits.MaxDepth);
        if (document is null) return false;

        var found = new List<RecordOutcome>();
        var isWhole = true;
        foreach (var record in RecordElements.Of(document.Root).Take(Room(outcomes)))
        {
            isWhole = !cut.IsCut(record);
            found.AddRange(isWhole ? _records.Read(record) : _records.ReadCut(record, json[cut.StartOf(record)..]));
        }

        if (!found.Any(outcome => outcome is RecordOutcome.Read)) return false;
        outcomes.AddRange(found);
        if (isWhole || (cut.Read < json.Length && found[^1] is RecordOutcome.Read))
        {
            var rest = json[(isWhole ? cut.Kept : cut.Read)..];
            outcomes.Add(new RecordOutcome.Unreadable(DeadLetterReasons.NotJson, "the text behind the cut", DeadBody.Of(rest.Span)));
        }

        return true;
    }

    /// <summary>Reads text with many values, usually one per line. A line that is not JSON is a record of its own.</summary>
    /// <returns><see langword="false"/> when no line is JSON, so that the text is of another kind.</returns>
    private bool TryReadLines(ReadOnlyMemory<byte> text, List<RecordOutcome> outcomes)
    {
        var isLines = false;
        var broken = 0;
        foreach (var (range, mayBeJson) in JsonValueSplitter.Ranges(text))
        {
            var line = text[range];
            if (outcomes.Count > limits.MaxRecords) break;
            if ((mayBeJson && TryReadValue(line, outcomes)) || TryReadAfterHeader(line, outcomes)
                || TryReadText(line, outcomes) || TryReadCut(WithoutHeader(line), outcomes))
            {
                isLines = true;
                continue;
            }

            if (++broken > MaxBrokenLines) line = text[range.Start..];
            outcomes.Add(new RecordOutcome.Unreadable(JsonText.Fault(line, limits.MaxDepth), "the line", DeadBody.Of(line.Span)));
            if (broken > MaxBrokenLines) break;
        }

        return isLines;
    }

    /// <summary>Reads a line that is a Windows event as text.</summary>
    private bool TryReadText(ReadOnlyMemory<byte> line, List<RecordOutcome> outcomes)
    {
        using var made = TextEvents.TryParse(line.Span);
        if (made is null) return false;
        foreach (var outcome in _records.Read(made.Root))
            outcomes.Add(outcome is RecordOutcome.Unreadable unreadable ? unreadable with { Body = DeadBody.Of(line.Span) } : outcome);
        return true;
    }

    /// <summary>How many more records are read: one more than the limit, which shows that it is exceeded.</summary>
    private int Room(List<RecordOutcome> outcomes) => limits.MaxRecords + 1 - outcomes.Count;

    /// <summary>Reads JSON or an XML event behind the header of syslog or of anything else.</summary>
    private bool TryReadAfterHeader(ReadOnlyMemory<byte> line, List<RecordOutcome> outcomes)
    {
        var (xml, json) = (XmlEvents.FirstIn(line.Span), JsonStart.In(line.Span));

        // A line of JSON that was cut further down: its XML is inside a text, escaped.
        if (xml > 0 && IsInText(line.Span[..xml])) xml = -1;
        if (xml >= 0 && (json < 0 || xml < json))
        {
            var outcome = _records.ReadXml(line[xml..]);
            if (outcome is RecordOutcome.Unreadable { Reason: DeadLetterReasons.NotXml }) return false;
            outcomes.Add(outcome);
            return true;
        }

        return json > 0 && TryReadValue(line[json..], outcomes);
    }

    /// <summary>Whether a property of JSON whose value is a text begins in the line's head.</summary>
    private static bool IsInText(ReadOnlySpan<byte> head) =>
        head.LastIndexOf("\":"u8) is var property and >= 0 && head[(property + 2)..].TrimStart(" \t"u8) is [(byte)'"', ..];

    private static ReadOnlyMemory<byte> WithoutHeader(ReadOnlyMemory<byte> line) => line[Math.Max(0, JsonStart.In(line.Span))..];

    private static RecordOutcome[] Whole(ReadOnlyMemory<byte> body, string reason, string detail) =>
        [new RecordOutcome.Unreadable(reason, detail, DeadBody.OfMessage(body))];
}
