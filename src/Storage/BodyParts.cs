using Azure.Data.Tables;

namespace Changeling.Storage;

/// <summary>
/// A body that is larger than one property may be. It is cut into properties <c>Body</c>, <c>Body1</c>, <c>Body2</c> and so on. Rows are
/// always replaced as a whole, so no part of an older and longer body is left.
/// </summary>
internal static class BodyParts
{
    /// <summary>Maximum number of bytes in one property. The service accepts 64 KiB.</summary>
    private const int MaxPart = 60 * 1024;

    public static void Write(TableEntity entity, ReadOnlyMemory<byte> body)
    {
        for (var part = 0; part == 0 || part * MaxPart < body.Length; part++)
        {
            var start = part * MaxPart;
            entity[NameOf(part)] = BinaryData.FromBytes(body[start..Math.Min(start + MaxPart, body.Length)]);
        }
    }

    public static ReadOnlyMemory<byte> Read(TableEntity entity)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        while (entity.GetBinaryData(NameOf(parts.Count)) is { } part) parts.Add(part.ToMemory());
        if (parts.Count == 1) return parts[0];

        var (body, end) = (new byte[parts.Sum(p => p.Length)], 0);
        foreach (var part in parts)
        {
            part.CopyTo(body.AsMemory(end));
            end += part.Length;
        }

        return body;
    }

    private static string NameOf(int part) => part == 0 ? "Body" : $"Body{part}";
}
