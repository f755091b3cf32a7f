namespace Changeling.Events;

/// <summary>Why a record became a dead letter: the values of the <c>reason</c> field and of the metric's tag.</summary>
public static class DeadLetterReasons
{
    /// <summary>The body is empty or contains only white space.</summary>
    public const string Empty = "empty";

    /// <summary>The text is not a JSON value.</summary>
    public const string NotJson = "not_json";

    /// <summary>The text begins like an XML event but is not well-formed, or it is other text between such events.</summary>
    public const string NotXml = "not_xml";

    /// <summary>The JSON is nested deeper than <see cref="MessageLimits.MaxDepth"/>.</summary>
    public const string TooDeep = "too_deep";

    /// <summary>The gzip stream is broken.</summary>
    public const string BadGzip = "bad_gzip";

    /// <summary>
    /// After decompression, the body exceeds <see cref="MessageLimits.MaxInflatedBytes"/> or <see cref="MessageLimits.MaxInflationRatio"/>.
    /// </summary>
    public const string InflatedTooLarge = "inflated_too_large";

    /// <summary>The body, not compressed, exceeds <see cref="MessageLimits.MaxInflatedBytes"/>.</summary>
    public const string MessageTooLarge = "message_too_large";

    /// <summary>
    /// The message holds more than <see cref="MessageLimits.MaxRecords"/> records or <see cref="MessageLimits.MaxCommas"/> commas.
    /// </summary>
    public const string TooManyRecords = "too_many_records";

    /// <summary>No row of the format table matches the record.</summary>
    public const string UnknownFormat = "unknown_format";

    /// <summary>The operator has named the hub's format, and the record has another.</summary>
    public const string FormatMismatch = "format_mismatch";

    /// <summary>
    /// Event data without names, whose number of values or their form matches no version of the event. A wrong guess would read every value
    /// as another field.
    /// </summary>
    public const string PositionsShifted = "positions_shifted";

    /// <summary>
    /// A process creation without host, time or child name, or a record that may be one: the field that would decide it is missing.
    /// </summary>
    public const string MissingField = "missing_field";

    /// <summary>An exception while the record was read or scored: a bug in Changeling.</summary>
    public const string InternalError = "internal_error";

    /// <summary>The store refuses the record's commit as invalid or too large, even alone.</summary>
    public const string Uncommittable = "uncommittable";
}
