using Azure.Storage.Blobs;
using Changeling.Events;

namespace Changeling.Storage;

/// <summary>
/// Dead letters as blobs <c>deadletters/{hub}/{partition}/{epoch}-{sequence}-{record}.jsonl</c>, one JSON line a letter. The
/// name is the place of the first letter of a chunk, so a replay overwrites its own blob.
/// </summary>
public sealed class DeadLetterBlobs(BlobServiceClient service) : IDeadLetterStore
{
    /// <summary>The container.</summary>
    public const string Container = "deadletters";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>The blob that holds the letters of the chunk whose first letter stands at a position.</summary>
    public static string NameOf(EventPartition partition, DeadLetter first) =>
        $"{BlobNames.Segment(partition.Hub)}/{BlobNames.Segment(partition.Id)}/{first.Position}.jsonl";

    /// <inheritdoc/>
    public async Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var letter in letters) DeadLetterLine.Write(lines, letter);
        lines.Position = 0;

        try
        {
            await _container.GetBlobClient(NameOf(partition, letters[0])).UploadAsync(lines, overwrite: true, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }
}
