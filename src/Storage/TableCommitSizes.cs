using System.Text;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Encoded bytes of rows in an entity-group transaction of the table service.</summary>
internal sealed class TableCommitSizes : ICommitSizes
{
    /// <summary>What an entity costs besides its names and body: part headers, property names and types, times.</summary>
    private const int RowOverhead = 1536;

    /// <summary>The most bytes of a name's UTF-16 unit: three in UTF-8, each escaped to one more place.</summary>
    private const int MaxBytesOfUnit = 4 * 3;

    /// <summary>Names that the largest of the other rows holds.</summary>
    private const int MaxNames = 4;

    public static TableCommitSizes Instance { get; } = new();

    /// <summary>A transaction takes 4 MiB; the rest is for the watermark and the request's own lines.</summary>
    public long Max => 7 * 512 * 1024;

    /// <summary>The body travels as base64.</summary>
    public long Detection => RowOverhead + ((StoredDetection.MaxBytes + 2L) / 3 * 4);

    public long Other => RowOverhead + (MaxNames * MaxBytesOfUnit * LineageName.MaxLength);

    /// <summary>Names travel three times: in the row key, escaped, in the request line, and once more when the key is a digest.</summary>
    public long Launch(string parent, string child) =>
        RowOverhead + (4L * (Encoding.UTF8.GetByteCount(parent) + Encoding.UTF8.GetByteCount(child)));
}
