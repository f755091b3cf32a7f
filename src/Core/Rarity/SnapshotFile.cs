using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Rarity;

/// <summary>
/// A <see cref="PartitionSnapshot"/> as bytes: JSON in gzip, about 65 bytes a lineage of random names and times, less of real ones.
/// </summary>
public static class SnapshotFile
{
    private const string Schema = "changeling.fleet/2";

    /// <summary>Writes a snapshot.</summary>
    public static byte[] Write(PartitionSnapshot snapshot)
    {
        var document = new SnapshotDocument(
            Schema,
            snapshot.Partition.Hub,
            snapshot.Partition.Id,
            snapshot.Version,
            snapshot.Position.Epoch,
            snapshot.Position.SequenceNumber,
            snapshot.Position.RecordIndex,
            snapshot.Clock,
            snapshot.LearningSince,
            snapshot.Surprises,
            snapshot.Parents.ToDictionary(
                p => p.Key, p => new ParentDocument(p.Value.IsExact, [.. p.Value.Rows.Select(Row)]), StringComparer.Ordinal))
        {
            Hosts = snapshot.Occurrences.Hosts,
            Users = snapshot.Occurrences.Users,
        };

        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, document, SnapshotJsonContext.Default.SnapshotDocument);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a snapshot of this version; the message describes the error.</exception>
    public static PartitionSnapshot Read(Stream bytes)
    {
        try
        {
            using var gzip = new GZipStream(bytes, CompressionMode.Decompress);
            var document = JsonSerializer.Deserialize(gzip, SnapshotJsonContext.Default.SnapshotDocument);
            if (document?.Schema != Schema)
                throw new InvalidDataException($"fleet snapshot: schema is '{document?.Schema}', this program reads '{Schema}'");
            return new PartitionSnapshot
            {
                Partition = new EventPartition(document.Hub, document.Partition),
                Version = document.Version,
                Position = new Position(document.Epoch, document.SequenceNumber, document.RecordIndex),
                Clock = document.Clock,
                LearningSince = document.LearningSince,
                Surprises = document.Surprises,
                Parents = document.Parents.ToDictionary(
                    p => p.Key, p => new ParentSnapshot([.. p.Value.Rows.Select(Row)], p.Value.Exact), StringComparer.Ordinal),
                Occurrences = new OccurrenceSnapshot(
                    document.Hosts ?? OccurrenceSnapshot.None.Hosts, document.Users ?? OccurrenceSnapshot.None.Users),
            };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"fleet snapshot: not valid: {exception.Message}", exception);
        }
    }

    private static RowDocument Row(CountRow row) =>
        new(
            row.Name,
            row.Count.Units,
            row.Day,
            row.FirstSeen.UtcTicks,
            row.LastSeen.UtcTicks,
            row.Hosts.IsEmpty ? null : row.Hosts.ToBytes());

    private static CountRow Row(RowDocument row) => new(
        row.C, new LaunchCount(row.N), row.D, new DateTimeOffset(row.F, TimeSpan.Zero), new DateTimeOffset(row.L, TimeSpan.Zero))
    {
        Hosts = DayHosts.FromBytes(row.H),
    };
}

internal sealed record SnapshotDocument(
    string Schema,
    string Hub,
    string Partition,
    [property: JsonPropertyName("eTag")] string Version,
    int Epoch,
    long SequenceNumber,
    int RecordIndex,
    DateTimeOffset Clock,
    DateTimeOffset LearningSince,
    string Surprises,
    Dictionary<string, ParentDocument> Parents)
{
    /// <summary>Digests of host names by child; absent in snapshots of older programs.</summary>
    public IReadOnlyDictionary<string, ulong[]>? Hosts { get; init; }

    /// <summary>Digests of user names by child.</summary>
    public IReadOnlyDictionary<string, ulong[]>? Users { get; init; }
}

internal sealed record ParentDocument(bool Exact, RowDocument[] Rows);

/// <summary>One row; the names are short because there are many.</summary>
/// <param name="C">Child; null for the shared row.</param>
/// <param name="N">Count, units of 2⁻²⁰.</param>
/// <param name="D">Day of the count.</param>
/// <param name="F">First seen, ticks of UTC: a warm start must give exactly the times of the table.</param>
/// <param name="L">Last seen, ticks of UTC.</param>
/// <param name="H">The day's hosts, as <see cref="DayHosts.ToBytes"/> writes them; null for none.</param>
internal sealed record RowDocument(string? C, long N, int D, long F, long L, byte[]? H);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(SnapshotDocument))]
internal sealed partial class SnapshotJsonContext : JsonSerializerContext;
