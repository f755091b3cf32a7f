using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Readers;

namespace Changeling.Events;

/// <summary>
/// Reads one record: unwraps a text that holds JSON or XML, finds the format, and lets its reader read. A record that is no event, or not a
/// whole one, is searched for an event inside a text. Whatever goes wrong stays in the record.
/// </summary>
/// <param name="find">The format table.</param>
/// <param name="xml">What reads the JSON that is made of event XML.</param>
/// <param name="limits">Deepest nesting of a record, and the maximum number of records of one text.</param>
internal sealed class RecordReader(Func<JsonValue, FormatRow?> find, IRecordReader xml, MessageLimits limits)
{
    /// <summary>How many texts may be inside each other.</summary>
    private const int MaxTexts = 3;

    /// <summary>An array inside a record is given up when so many of its first elements are no events.</summary>
    private const int MaxVainElements = 100;

    /// <summary>Adds the outcomes of one record: one, or as many as its text holds events.</summary>
    public void Read(JsonValue record, List<RecordOutcome> outcomes)
    {
        try
        {
            var (row, own) = record.ValueKind == JsonValueKind.Object ? ReadOwn(record) : default;
            if (own is not null && !IsDoubtful(row, own)) outcomes.Add(own);
            else outcomes.AddRange(record.ValueKind == JsonValueKind.Object ? ReadObject(record, 0, row, own) : Read(record, 0));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            outcomes.Add(DeadRecord.Of(record, DeadLetterReasons.InternalError, fault.GetType().Name));
        }
    }

    /// <summary>The outcomes of one record: one, or as many as its text holds events.</summary>
    public IReadOnlyList<RecordOutcome> Read(JsonValue record)
    {
        try
        {
            return Read(record, 0);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return [DeadRecord.Of(record, DeadLetterReasons.InternalError, fault.GetType().Name)];
        }
    }

    /// <summary>The outcomes of a record that was cut: a launch is read as far as it goes, and anything else is a dead letter.</summary>
    /// <param name="record">What could be read, made whole.</param>
    /// <param name="original">All bytes of the record.</param>
    public IReadOnlyList<RecordOutcome> ReadCut(JsonValue record, ReadOnlyMemory<byte> original)
    {
        var outcomes = Read(record);
        return outcomes.Count > 0 && outcomes.All(outcome => outcome is RecordOutcome.Read)
            ? [.. outcomes.Cast<RecordOutcome.Read>().Select(read => Noted(read))]
            : [new RecordOutcome.Unreadable(DeadLetterReasons.NotJson, "the record is cut", DeadBody.Of(original.Span))];
    }

    /// <summary>Reads one <c>Event</c> element.</summary>
    public RecordOutcome ReadXml(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var made = EventXml.TryParse(text.Span);
            var outcome = made is null
                ? new RecordOutcome.Unreadable(DeadLetterReasons.NotXml, "the event", DeadBody.None)
                : xml.Read(made.Root);

            // What was behind the cut could have been the field that decides.
            if (outcome is not RecordOutcome.Read && made?.Root.Get("Cut"u8).ValueKind == JsonValueKind.True)
                outcome = new RecordOutcome.Unreadable(DeadLetterReasons.NotXml, "the event is cut", DeadBody.None);
            return outcome is RecordOutcome.Unreadable unreadable
                ? unreadable with { Body = DeadBody.Of(text.Span), Format = SourceFormats.WinEventXml }
                : outcome;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new RecordOutcome.Unreadable(
                DeadLetterReasons.InternalError, fault.GetType().Name, DeadBody.Of(text.Span))
            { Format = SourceFormats.WinEventXml };
        }
    }

    private static RecordOutcome.Read Noted(RecordOutcome.Read read) =>
        new(read.Event with { Notes = read.Event.Notes | EventNotes.RecordCut });

    private IReadOnlyList<RecordOutcome> Read(JsonValue record, int texts) => record.ValueKind switch
    {
        JsonValueKind.String when texts < MaxTexts => ReadText(record, texts + 1),
        JsonValueKind.Object => ReadObject(record, texts),
        _ => [DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "the record is no object")],
    };

    private IReadOnlyList<RecordOutcome> ReadText(JsonValue text, int texts)
    {
        var bytes = JsonText.Inside(text);
        var start = bytes[(bytes.Length - bytes.Span.TrimStart(" \t\r\n"u8).Length)..];
        if (XmlEvents.IsXml(start.Span)) start = XmlPrefix.Removed(start);
        if (start.Span is [(byte)'{' or (byte)'[' or (byte)'"', ..] && ReadJson(start, texts) is { } records) return records;

        var (xmlStart, jsonStart) = (XmlEvents.FirstIn(start.Span), JsonStart.In(start.Span));
        if (xmlStart >= 0 && (jsonStart < 0 || xmlStart < jsonStart)) return ReadEvents(start[xmlStart..]);
        if (XmlEvents.IsXml(start.Span)) return [ReadXml(start)];

        using var line = TextEvents.TryParse(start.Span);
        if (line is not null) return Read(line.Root, texts);

        var json = jsonStart > 0 ? start[jsonStart..] : start;
        return ReadJson(json, texts)
            ?? ReadCutText(json, texts)
            ?? [DeadRecord.Of(text, JsonText.Fault(json, limits.MaxDepth), "the JSON inside the record's text")];
    }

    /// <summary>The records of JSON in a text; <see langword="null"/> when it is no JSON.</summary>
    private IReadOnlyList<RecordOutcome>? ReadJson(ReadOnlyMemory<byte> json, int texts)
    {
        using var document = JsonText.TryParse(json, limits.MaxDepth);
        return document is null
            ? null
            : [.. RecordElements.Of(document.Root).Take(limits.MaxRecords + 1).SelectMany(record => Read(record, texts))];
    }

    private IReadOnlyList<RecordOutcome> ReadEvents(ReadOnlyMemory<byte> events) =>
    [
        .. XmlEvents.Pieces(events)
            .Where(piece => piece.IsEvent)
            .Take(limits.MaxRecords + 1)
            .Select(piece => ReadXml(events[piece.Range])),
    ];

    /// <summary>The launches in a text that ends too early; <see langword="null"/> when there is none.</summary>
    private IReadOnlyList<RecordOutcome>? ReadCutText(ReadOnlyMemory<byte> json, int texts)
    {
        if (CutJson.Of(json) is not { } cut) return null;
        using var document = JsonText.TryParse(cut.Text, limits.MaxDepth);
        if (document is null) return null;
        var outcomes = RecordElements.Of(document.Root)
            .Take(limits.MaxRecords + 1)
            .SelectMany(record => Read(record, texts))
            .ToList();
        return outcomes.Count > 0 && outcomes.All(outcome => outcome is RecordOutcome.Read)
            ? [.. outcomes.Cast<RecordOutcome.Read>().Select(Noted)]
            : null;
    }

    private IReadOnlyList<RecordOutcome> ReadObject(JsonValue record, int texts)
    {
        var (row, own) = ReadOwn(record);
        return ReadObject(record, texts, row, own);
    }

    private IReadOnlyList<RecordOutcome> ReadObject(JsonValue record, int texts, FormatRow? row, RecordOutcome? own) =>
        Known(record, texts, row, own) is { Count: > 0 } outcomes
            ? outcomes
            : [DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "no format has these properties")];

    /// <summary>The outcomes of a record that has a format, or an event inside; none for any other.</summary>
    private IReadOnlyList<RecordOutcome> ReadKnown(JsonValue record, int texts, bool isSearched = false)
    {
        var (row, own) = ReadOwn(record);
        return Known(record, texts, row, own, isSearched);
    }

    private IReadOnlyList<RecordOutcome> Known(
        JsonValue record, int texts, FormatRow? row, RecordOutcome? own, bool isSearched = false) =>
        (IsDoubtful(row, own) && !isSearched ? Inside(record, own, texts) : null) ?? (own is null ? [] : [own]);

    /// <summary>What the reader of the record's format makes of it.</summary>
    private (FormatRow? Row, RecordOutcome? Own) ReadOwn(JsonValue record)
    {
        var row = find(record);
        var own = row?.Reader.Read(record);
        return (row, own is RecordOutcome.Unreadable unreadable ? unreadable with { Format = row!.Format } : own);
    }

    /// <summary>Whether an event in a text of the record would say more than the record itself.</summary>
    private static bool IsDoubtful(FormatRow? row, RecordOutcome? own) => own switch
    {
        RecordOutcome.Read read => read.Event.Notes.HasFlag(EventNotes.NameFromCommandLine),
        RecordOutcome.Skipped or RecordOutcome.Unreadable { Reason: DeadLetterReasons.FormatMismatch } => row?.IsDecoration == true,
        _ => true,
    };

    /// <summary>The first event inside the record that says more than <paramref name="own"/>; <see langword="null"/> without one.</summary>
    private IReadOnlyList<RecordOutcome>? Inside(JsonValue record, RecordOutcome? own, int texts)
    {
        IReadOnlyList<RecordOutcome>? unreadable = null;
        foreach (var (place, isSearched) in texts < MaxTexts ? InnerEvents.Of(record) : [])
        {
            var inner = place.ValueKind switch
            {
                JsonValueKind.String => ReadText(place, texts + 1),
                JsonValueKind.Object => ReadKnown(place, texts + 1, isSearched),
                _ => ReadArray(place, own, texts + 1),
            };
            if (inner.Any(outcome => IsBetter(outcome, own))) return inner;
            if (inner is [RecordOutcome.Unreadable { Format: not RecordOutcome.Unreadable.NoFormat }]) unreadable ??= inner;
        }

        return own is null ? unreadable : null;
    }

    /// <summary>The outcomes of all elements; none when the first of them hold no event.</summary>
    private List<RecordOutcome> ReadArray(JsonValue array, RecordOutcome? own, int texts)
    {
        var (outcomes, isFound) = (new List<RecordOutcome>(), false);
        foreach (var element in array.Children.Values.Take(limits.MaxRecords + 1))
        {
            if (!isFound && outcomes.Count >= MaxVainElements) return [];
            var read = Read(element, texts);
            isFound = isFound || read.Any(outcome => IsBetter(outcome, own));
            outcomes.AddRange(read);
        }

        return outcomes;
    }

    private static bool IsBetter(RecordOutcome inner, RecordOutcome? own) => inner switch
    {
        RecordOutcome.Read read => own is not RecordOutcome.Read || read.Event.Child.Path is not null,
        RecordOutcome.Skipped => own is not RecordOutcome.Read,
        _ => false,
    };
}
