using Changeling.Events.Json;

namespace Changeling.Events;

/// <summary>One row of the <see cref="FormatTable"/>.</summary>
/// <param name="Format">The format id from <see cref="SourceFormats"/>.</param>
/// <param name="Matches">Whether a record, a JSON object, is of the format; looks at property names and kinds only.</param>
/// <param name="Reader">Reads such records.</param>
/// <param name="IsDecoration">
/// Whether a shipper adds what the row looks at to records of any format, so that an event in a text of the record comes first.
/// </param>
internal sealed record FormatRow(
    string Format, Func<JsonValue, bool> Matches, IRecordReader Reader, bool IsDecoration = false);
