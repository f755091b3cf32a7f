using System.Text.Json;

namespace Changeling.Events;

/// <summary>One row of the <see cref="FormatTable"/>.</summary>
/// <param name="Format">The format id from <see cref="SourceFormats"/>.</param>
/// <param name="Matches">Whether a record, a JSON object, is of the format; looks at property names and kinds only.</param>
/// <param name="Reader">Reads such records.</param>
internal sealed record FormatRow(string Format, Func<JsonElement, bool> Matches, IRecordReader Reader);
