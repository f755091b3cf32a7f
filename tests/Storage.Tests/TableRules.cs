using System.Text;
using Azure.Data.Tables;

namespace Changeling.Storage.Tests;

/// <summary>
/// What the table service refuses, as documented, whether or not Azurite does. Each answer is the service's error code.
/// </summary>
internal static class TableRules
{
    private const int MaxEntities = 100;
    private const int MaxPayload = 4 * 1024 * 1024;
    private const int MaxEntityBytes = 1024 * 1024;
    private const int MaxProperties = 252;
    private const int LongestPropertyName = 255;
    private const int LongestKey = 512;
    private const int LargestProperty = 64 * 1024;

    /// <summary>Boundary, part headers, request line and the fixed parts of an entity's JSON.</summary>
    private const int PartOverhead = 900;

    private static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why the service would refuse a transaction; <see langword="null"/> when it would not.</summary>
    public static string? Refusal(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count is 0 or > MaxEntities) return "InvalidInput";
        if (actions.Select(a => a.Entity.PartitionKey).Distinct(StringComparer.Ordinal).Count() > 1)
            return "CommandsInBatchActOnDifferentPartitions";
        if (actions.Select(a => a.Entity.RowKey).Distinct(StringComparer.Ordinal).Count() < actions.Count) return "InvalidDuplicateRow";
        if (actions.Select(a => Refusal((TableEntity)a.Entity)).FirstOrDefault(r => r is not null) is { } refusal) return refusal;
        return actions.Sum(a => PartOverhead + Payload((TableEntity)a.Entity)) > MaxPayload ? "RequestBodyTooLarge" : null;
    }

    private static string? Refusal(TableEntity entity)
    {
        if (!IsKey(entity.PartitionKey) || !IsKey(entity.RowKey)) return "KeyValueTooLarge or OutOfRangeInput";
        var own = entity.Where(p => p.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")).ToList();
        if (own.Count > MaxProperties) return "TooManyProperties";
        if (own.Exists(p => p.Key.Length > LongestPropertyName)) return "PropertyNameTooLong";
        if (own.Exists(p => Bytes(p.Value) > LargestProperty)) return "PropertyValueTooLarge";
        if (own.Exists(p => p.Value is DateTimeOffset time && time < Earliest)) return "OutOfRangeInput";
        return own.Sum(p => p.Key.Length * 2 + Bytes(p.Value)) > MaxEntityBytes ? "EntityTooLarge" : null;
    }

    private static bool IsKey(string key) =>
        key.Length <= LongestKey && !key.Any(c => c is '/' or '\\' or '#' or '?' or < ' ' or (>= '\u007f' and <= '\u009f'));

    private static long Bytes(object value) => value switch
    {
        string text => text.Length * 2L,
        BinaryData data => data.ToMemory().Length,
        byte[] data => data.Length,
        _ => 8,
    };

    /// <summary>Keys travel in the request line and in the body.</summary>
    private static long Payload(TableEntity entity) =>
        2L * (entity.PartitionKey.Length + entity.RowKey.Length) + entity.Sum(p => p.Key.Length + 30 + p.Value switch
        {
            string text => Encoding.UTF8.GetByteCount(text),
            BinaryData data => (data.ToMemory().Length + 2L) / 3 * 4,
            _ => 30,
        });
}
