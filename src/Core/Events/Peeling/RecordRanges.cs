using System.Text.Json;

namespace Changeling.Events.Peeling;

/// <summary>
/// The ranges of the records of one JSON value in its text, however deeply they are nested: as <see cref="RecordElements"/> opens it, but
/// without a JSON document, because building one takes time quadratic in the depth. The time is linear in the number of bytes.
/// </summary>
internal static class RecordRanges
{
    /// <summary>The records in order; <see langword="null"/> when the text is not one JSON value.</summary>
    public static List<Range>? Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var ranges = new List<Range>();
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) AddOpened(ref reader, ranges);
            }
            else
            {
                AddOpened(ref reader, ranges);
            }

            return reader.Read() ? null : ranges;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Adds the value at the reader, or, of an envelope, its elements.</summary>
    private static void AddOpened(ref Utf8JsonReader reader, List<Range> ranges)
    {
        var start = (int)reader.TokenStartIndex;
        List<Range>? records = null, results = null;
        var isAnswer = false;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isRecords = reader.ValueTextEquals("records"u8);
                var isResults = reader.ValueTextEquals("Results"u8) || reader.ValueTextEquals("results"u8);
                isAnswer |= reader.ValueTextEquals("Schema"u8) || reader.ValueTextEquals("schema"u8)
                    || reader.ValueTextEquals("Stats"u8) || reader.ValueTextEquals("stats"u8);
                reader.Read();
                var elements = (isRecords || isResults) && reader.TokenType == JsonTokenType.StartArray ? Elements(ref reader) : null;
                if (isRecords) records = elements;
                if (isResults) results = elements;
                if (elements is null) reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        if ((records ?? (isAnswer ? results : null)) is { } opened) ranges.AddRange(opened);
        else ranges.Add(start..(int)reader.BytesConsumed);
    }

    private static List<Range> Elements(ref Utf8JsonReader reader)
    {
        var elements = new List<Range>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(start..(int)reader.BytesConsumed);
        }

        return elements;
    }
}
