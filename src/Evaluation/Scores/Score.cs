using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.Evaluation.Scores;

/// <summary>One line of <c>score</c>.</summary>
/// <param name="File">The file, as named by the user.</param>
/// <param name="Line">1-based line at which the record's message starts; its number in a file without lines.</param>
/// <param name="Record">0-based index of the record in its message.</param>
/// <param name="Probability">0–1, from the model.</param>
/// <param name="Malicious">The label at the model's threshold.</param>
/// <param name="Rarity">0–100, from the prior and the earlier launches in the same input; null without a parent.</param>
/// <param name="Parent">Lower-case file name, unfolded.</param>
/// <param name="Child">Lower-case file name, unfolded.</param>
/// <param name="Lineage">The folded pair.</param>
/// <param name="Error">Why the record was not read.</param>
public sealed record Score(
    string File,
    int Line,
    int Record,
    double? Probability,
    bool? Malicious,
    double? Rarity,
    string? Parent,
    string? Child,
    string? Lineage,
    string? Error)
{
    /// <summary>When the process started, UTC; null for a record that was not read, as all below.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The host.</summary>
    public string? Host { get; init; }

    /// <summary>The account, with its domain if known.</summary>
    public string? User { get; init; }

    /// <summary>The command line.</summary>
    public string? CommandLine { get; init; }

    /// <summary>What speaks most for malicious, strongest first; none for a launch that the model does not classify as malicious.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>
    /// Does not escape readable text, so that a lineage such as <c>winword.exe &gt; cmd.exe</c> can be searched for. Control characters are
    /// escaped.
    /// </summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line, always with all its properties.</summary>
    public void WriteTo(Stream lines)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("file", File);
            json.WriteNumber("line", Line);
            json.WriteNumber("record", Record);
            Write(json, "probability", Probability, 6);
            if (Malicious is { } malicious) json.WriteBoolean("malicious", malicious);
            else json.WriteNull("malicious");
            Write(json, "rarity", Rarity, 2);
            json.WriteString("parent", Parent);
            json.WriteString("child", Child);
            json.WriteString("lineage", Lineage);
            if (Time is { } time) json.WriteString("time", time.UtcDateTime);
            else json.WriteNull("time");
            json.WriteString("host", Host);
            json.WriteString("user", User);
            json.WriteString("command_line", CommandLine);
            json.WriteStartArray("reasons");
            foreach (var reason in Reasons) json.WriteStringValue(reason);
            json.WriteEndArray();
            json.WriteString("error", Error);
            json.WriteEndObject();
        }

        lines.Write(buffer.WrittenSpan);
        lines.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, string property, double? value, int digits)
    {
        if (value is { } number) json.WriteNumber(property, Math.Round(number, digits));
        else json.WriteNull(property);
    }
}
