using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Converts the baseline's rows to table entities and back.</summary>
internal static class LineageEntities
{
    private const string ResettingMark = "Resetting";

    public static TableEntity Of(string partitionKey, Watermark watermark)
    {
        var entity = new TableEntity(partitionKey, TableKeys.Watermark)
        {
            ["SchemaVersion"] = Counts.Watermark.SchemaVersion,
            ["Epoch"] = watermark.Position.Epoch,
            ["SequenceNumber"] = watermark.Position.SequenceNumber,
            ["RecordIndex"] = watermark.Position.RecordIndex,
            ["HighestEnqueuedTime"] = watermark.HighestEnqueuedTime,
            ["LearningSince"] = watermark.LearningSince,
            ["Surprises"] = watermark.Surprises,
            ["Hosts"] = watermark.Hosts,
        };
        if (watermark.PreviousEpoch is { } previous)
        {
            entity["PreviousEpoch"] = previous.Position.Epoch;
            entity["PreviousSequenceNumber"] = previous.Position.SequenceNumber;
            entity["PreviousRecordIndex"] = previous.Position.RecordIndex;
            entity["PreviousHighestEnqueuedTime"] = previous.HighestEnqueuedTime;
        }

        return entity;
    }

    public static TableEntity Of(string partitionKey, string parent, CountRow row)
    {
        var entity = new TableEntity(partitionKey, TableKeys.Launch(parent, row.Name))
        {
            ["Count"] = row.Count.Units,
            ["Day"] = row.Day,
            ["FirstSeen"] = row.FirstSeen,
            ["LastSeen"] = row.LastSeen,
        };
        if (!row.Hosts.IsEmpty) entity["Hosts"] = BinaryData.FromBytes(row.Hosts.ToBytes());
        if (TableKeys.IsCut(parent)) entity["Parent"] = parent;
        if (row.Name is { } child && TableKeys.IsCut(child)) entity["Child"] = child;
        return entity;
    }

    public static TableEntity Of(string partitionKey, StoredDetection detection)
    {
        var entity = new TableEntity(
            partitionKey, TableKeys.Detection(detection.Position, detection.RuleId))
        { ["Body"] = BinaryData.FromBytes(detection.Body) };
        if (detection.EnqueuedTime is { } time) entity["EnqueuedTime"] = time;
        if (detection.IsSuppressed) entity["Suppressed"] = true;
        return entity;
    }

    public static TableEntity Of(string partitionKey, StoredSignals signals) => new(partitionKey, TableKeys.Signals(signals.First))
    {
        ["Body"] = BinaryData.FromBytes(signals.Body),
        ["EnqueuedTime"] = signals.EnqueuedTime,
    };

    public static StoredSignals Signals(TableEntity entity) => new(
        TableKeys.SignalsOf(entity.RowKey),
        entity.GetDateTimeOffset("EnqueuedTime") ?? default,
        entity.GetBinaryData("Body").ToMemory());

    /// <summary>An occurrence; the row's <see cref="CountRow.Name"/> is the host or user.</summary>
    public static TableEntity Of(string partitionKey, OccurrenceKind kind, string child, CountRow row)
    {
        var entity = new TableEntity(partitionKey, TableKeys.Occurrence(kind, child, row.Name!))
        {
            ["Count"] = row.Count.Units,
            ["Day"] = row.Day,
            ["FirstSeen"] = row.FirstSeen,
            ["LastSeen"] = row.LastSeen,
        };
        if (TableKeys.IsCut(child)) entity["Child"] = child;
        if (TableKeys.IsCut(row.Name!)) entity[NameOf(kind)] = row.Name;
        return entity;
    }

    public static TableEntity Of(string partitionKey, MaliciousSum sum) => new(partitionKey, TableKeys.Sum(sum.Key))
    {
        ["Window"] = sum.Key.Window.Number,
        ["Kind"] = (int)sum.Key.Kind,
        ["Entity"] = sum.Key.Entity,
        ["Launches"] = sum.Launches,
        ["Units"] = sum.Units,
        ["Children"] = string.Join('|', sum.Children.Select(Uri.EscapeDataString)),
    };

    public static TableEntity Of(string partitionKey, QuotaKey key, Quota quota) => new(partitionKey, TableKeys.Quota(key))
    {
        ["Hour"] = quota.Hour,
        ["LetThrough"] = quota.LetThrough,
        ["HeldBack"] = quota.HeldBack,
        ["Parent"] = key.Parent,
        ["Child"] = key.Child,
        ["Host"] = key.Host,
    };

    public static TableEntity Of(string partitionKey, ExceptionCount count)
    {
        var entity = new TableEntity(partitionKey, TableKeys.Exception(count.Id))
        {
            ["Hits"] = count.Hits,
            ["NearMisses"] = count.NearMisses,
        };
        if (count.LastHit is { } hit) entity["LastHit"] = hit;
        if (count.LastNearMiss is { } near) entity["LastNearMiss"] = near;
        return entity;
    }

    public static ExceptionCount Exception(TableEntity entity) => new(
        TableKeys.NameIn(entity.RowKey, 0),
        entity.GetInt64("Hits") ?? 0,
        entity.GetDateTimeOffset("LastHit"),
        entity.GetInt64("NearMisses") ?? 0,
        entity.GetDateTimeOffset("LastNearMiss"));

    public static MaliciousSum Sum(TableEntity entity) => new(
        new SumKey(
            new ClockWindow(entity.GetInt32("Window") ?? 0), (ClusterKind)(entity.GetInt32("Kind") ?? 0), entity.GetString("Entity") ?? ""),
        entity.GetInt32("Launches") ?? 0,
        entity.GetInt64("Units") ?? 0,
        [.. (entity.GetString("Children") ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)]);

    public static Quota Quota(TableEntity entity) =>
        new(entity.GetInt32("Hour") ?? 0, entity.GetInt32("LetThrough") ?? 0, entity.GetInt32("HeldBack") ?? 0);

    /// <summary>The watermark for operators' edits. Also works for a partition that is being reset.</summary>
    public static PartitionGuard Guard(TableEntity entity) => new(Anyway(entity), entity.ETag.ToString(), IsResetting(entity));

    /// <exception cref="StoreUnavailableException">The rows were written by a newer version of the program, or are being reset.</exception>
    public static Watermark Watermark(TableEntity entity) =>
        IsResetting(entity) ? throw PartitionGuard.Resetting(entity.PartitionKey) : Anyway(entity);

    /// <summary>Marks the watermark of a partition that is being reset.</summary>
    public static void MarkResetting(TableEntity watermark) => watermark[ResettingMark] = true;

    private static bool IsResetting(TableEntity entity) => entity.GetBoolean(ResettingMark) ?? false;

    private static Watermark Anyway(TableEntity entity)
    {
        var version = entity.GetInt32("SchemaVersion") ?? 0;
        if (version > Counts.Watermark.SchemaVersion)
        {
            throw new StoreUnavailableException(
                $"table {LineageTable.TableName}: partition {entity.PartitionKey} has schema version {version}, this program knows {Counts.Watermark.SchemaVersion}; deploy the newer program.");
        }

        return new Watermark(
            new Position(entity.GetInt32("Epoch") ?? 0, entity.GetInt64("SequenceNumber") ?? 0, entity.GetInt32("RecordIndex") ?? 0),
            entity.GetDateTimeOffset("HighestEnqueuedTime") ?? default,
            entity.GetDateTimeOffset("LearningSince") ?? default)
        {
            PreviousEpoch = PreviousEpoch(entity),
            Surprises = entity.GetString("Surprises") ?? "",
            Hosts = entity.GetString("Hosts") ?? "",
        };
    }

    private static EpochEnd? PreviousEpoch(TableEntity entity) => entity.GetInt64("PreviousSequenceNumber") is { } sequenceNumber
        ? new EpochEnd(
            new Position(entity.GetInt32("PreviousEpoch") ?? 0, sequenceNumber, entity.GetInt32("PreviousRecordIndex") ?? 0),
            entity.GetDateTimeOffset("PreviousHighestEnqueuedTime") ?? default)
        : null;

    public static CountRow Launch(TableEntity entity) => new(
        entity.GetString("Child") ?? TableKeys.ChildOf(entity.RowKey),
        new LaunchCount(entity.GetInt64("Count") ?? 0),
        entity.GetInt32("Day") ?? 0,
        entity.GetDateTimeOffset("FirstSeen") ?? default,
        entity.GetDateTimeOffset("LastSeen") ?? default)
    {
        Hosts = entity.GetBinaryData("Hosts") is { } hosts ? DayHosts.FromBytes(hosts.ToMemory().Span) : DayHosts.None,
    };

    public static LaunchEntry LaunchEntry(TableEntity entity) => new(
        entity.RowKey, TableKeys.ParentGroup(entity.RowKey), entity.GetString("Parent")
            ?? TableKeys.NameIn(entity.RowKey, 0), Launch(entity));

    /// <summary>The row of an occurrence; its <see cref="CountRow.Name"/> is the host or user.</summary>
    public static CountRow OccurrenceRow(TableEntity entity, OccurrenceKind kind) => new(
        entity.GetString(NameOf(kind)) ?? TableKeys.NameIn(entity.RowKey, 1),
        new LaunchCount(entity.GetInt64("Count") ?? 0),
        entity.GetInt32("Day") ?? 0,
        entity.GetDateTimeOffset("FirstSeen") ?? default,
        entity.GetDateTimeOffset("LastSeen") ?? default);

    public static Occurrence Occurrence(TableEntity entity, OccurrenceKind kind)
    {
        var row = OccurrenceRow(entity, kind);
        return new(entity.RowKey, kind, entity.GetString("Child") ?? TableKeys.NameIn(entity.RowKey, 0), row.Name!)
        {
            Count = row.Count,
            FirstSeen = row.FirstSeen,
            LastSeen = row.LastSeen,
        };
    }

    /// <summary>The host or user in the key of a quota or sum; <see langword="null"/> if the row names none of that kind.</summary>
    public static string? NameIn(TableEntity entity, OccurrenceKind kind)
    {
        if (TableKeys.IsQuota(entity.RowKey)) return kind == OccurrenceKind.Host ? entity.GetString("Host") : null;
        return TableKeys.IsSum(entity.RowKey)
            && Sum(entity).Key is var key
            && key.Kind == (kind == OccurrenceKind.Host ? ClusterKind.Host : ClusterKind.User)
            ? key.Entity
            : null;
    }

    private static string NameOf(OccurrenceKind kind) => kind == OccurrenceKind.Host ? "Host" : "User";

    public static TableEntity Of(string partitionKey, ImportNote note) => new(partitionKey, TableKeys.Import(note.Source))
    {
        ["Source"] = note.Source,
        ["Digest"] = note.Digest,
        ["Rows"] = note.Rows,
        ["IsDone"] = note.IsDone,
    };

    public static ImportNote Import(TableEntity entity) => new(
        entity.GetString("Source")
            ?? "", entity.GetString("Digest")
            ?? "", entity.GetInt64("Rows")
            ?? 0, entity.GetBoolean("IsDone")
            ?? false);

    public static StoredDetection Detection(TableEntity entity)
    {
        var (position, ruleId) = TableKeys.DetectionOf(entity.RowKey);
        return new StoredDetection(position, ruleId, entity.GetBinaryData("Body").ToMemory())
        {
            EnqueuedTime = entity.GetDateTimeOffset("EnqueuedTime"),
            IsSuppressed = entity.GetBoolean("Suppressed") ?? false,
        };
    }
}
