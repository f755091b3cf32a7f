using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Operations;

/// <summary>
/// Exported counts as JSON lines: a header, then for each partition a line that begins it, its rows and a line that ends it. A last line
/// ends the file, so a truncated file is recognised. Counts are the fixed-point integers of the table.
/// </summary>
public static class BaselineFile
{
    /// <summary>The version in the header; a file with another version is refused.</summary>
    public const string Schema = "changeling.baseline/1";

    /// <summary>The first line.</summary>
    public static byte[] Header(string account, string baseline, DateTimeOffset exportedAt) =>
        Line(new FileLine { Schema = Schema, Account = account, Baseline = baseline, ExportedAt = exportedAt });

    /// <summary>The line that begins a partition.</summary>
    public static byte[] Begin(EventPartition partition, Watermark w) => Line(new FileLine
    {
        Partition = new PartitionLine(
            partition.Hub, partition.Id, w.Position.Epoch, w.Position.SequenceNumber, w.Position.RecordIndex, w.HighestEnqueuedTime,
            w.LearningSince, w.Surprises)
        {
            Hosts = w.Hosts.Length > 0 ? w.Hosts : null,
            PreviousEpoch = w.PreviousEpoch is { } p
                ? new EpochLine(p.Position.Epoch, p.Position.SequenceNumber, p.Position.RecordIndex, p.HighestEnqueuedTime)
                : null,
        },
    });

    /// <summary>One launch row.</summary>
    public static byte[] Row(string parent, CountRow row) => Line(new FileLine
    {
        Launch = new LaunchLine(
            ExactName.Write(parent),
            row.Count.Units,
            row.Day,
            row.FirstSeen,
            row.LastSeen,
            row.Name is { } child ? ExactName.Write(child) : null,
            row.Hosts.IsEmpty ? null : row.Hosts.ToBytes()),
    });

    /// <summary>The line that ends a partition.</summary>
    public static byte[] End(long rows, bool hasMoved) => Line(new FileLine { End = new EndLine(rows, hasMoved) });

    /// <summary>The last line.</summary>
    public static byte[] EndOfFile(int partitions) => Line(new FileLine { Partitions = partitions });

    private static byte[] Line(FileLine line) =>
    [
        .. JsonSerializer.SerializeToUtf8Bytes(line, BaselineFileContext.Default.FileLine), (byte)'\n',
    ];
}

/// <summary>One line of the file; exactly one of its parts is set.</summary>
internal sealed record FileLine
{
    public string? Schema { get; init; }

    public string? Account { get; init; }

    public string? Baseline { get; init; }

    public DateTimeOffset? ExportedAt { get; init; }

    public PartitionLine? Partition { get; init; }

    public LaunchLine? Launch { get; init; }

    public EndLine? End { get; init; }

    public int? Partitions { get; init; }
}

internal sealed record PartitionLine(
    string Hub, string Id, int Epoch, long SequenceNumber, int RecordIndex, DateTimeOffset Clock, DateTimeOffset LearningSince,
    string Surprises)
{
    public EpochLine? PreviousEpoch { get; init; }

    public string? Hosts { get; init; }

    public Watermark ToWatermark() => new(new Position(Epoch, SequenceNumber, RecordIndex), Clock, LearningSince)
    {
        Surprises = Surprises,
        Hosts = Hosts ?? "",
        PreviousEpoch = PreviousEpoch is { } p ? new EpochEnd(new Position(p.Epoch, p.SequenceNumber, p.RecordIndex), p.Clock) : null,
    };
}

internal sealed record EpochLine(int Epoch, long SequenceNumber, int RecordIndex, DateTimeOffset Clock);

internal sealed record LaunchLine(
    string Parent, long Count, int Day, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, string? Child = null, byte[]? Hosts = null)
{
    public (string Parent, CountRow Row) ToRow() => (
        ExactName.Read(Parent),
        new CountRow(
            Child is { } child ? ExactName.Read(child) : null,
            new LaunchCount(Count),
            Day,
            FirstSeen,
            LastSeen)
        { Hosts = DayHosts.FromBytes(Hosts) });
}

internal sealed record EndLine(long Rows, bool HasMoved);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FileLine))]
internal sealed partial class BaselineFileContext : JsonSerializerContext;
