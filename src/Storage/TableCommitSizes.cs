using System.Text;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Encoded bytes of rows in an entity-group transaction of the table service.</summary>
internal sealed class TableCommitSizes : ICommitSizes
{
    /// <summary>Bytes of an entity besides its names and body: part headers, property names and types, times.</summary>
    private const int RowOverhead = 1536;

    /// <summary>Maximum number of bytes for a UTF-16 unit of a name, escaping included.</summary>
    private const int MaxBytesOfUnit = 4 * 3;

    /// <summary>Number of names in the largest of the other rows.</summary>
    private const int MaxNames = 4;

    public static TableCommitSizes Instance { get; } = new();

    /// <summary>A transaction takes 4 MiB; the rest is reserved for the watermark and the request's own lines.</summary>
    public long Max => 7 * 512 * 1024;

    /// <summary>The body is sent as base64.</summary>
    public long Detection => RowOverhead + ((StoredDetection.MaxBytes + 2L) / 3 * 4);

    public long Other => RowOverhead + (MaxNames * MaxBytesOfUnit * LineageName.MaxLength);

    /// <summary>
    /// Names are sent three times: in the row key, escaped in the request line, and as a property if the key contains a digest.
    /// </summary>
    public long Launch(string parent, string child) =>
        RowOverhead + (4L * (Encoding.UTF8.GetByteCount(parent) + Encoding.UTF8.GetByteCount(child)));
}
