using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// Dead letters as blobs <c>deadletters/{hub}/{partition}/{epoch}-{sequence}-{record}-{digest}.jsonl</c>, one JSON line a
/// letter. The name has the position of the chunk's first letter and a digest of all positions and reasons. A replay therefore overwrites
/// its own blob, and a different division of the same messages never overwrites a longer one. That happens if the commit of a second
/// owner fails. So a letter may be in two blobs; its line has its position.
/// </summary>
public sealed partial class DeadLetterBlobs(BlobServiceClient service) : IDeadLetterStore
{
    /// <summary>The container.</summary>
    public const string Container = "deadletters";

    private const int DigestBytes = 6;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>The blob that holds the letters of one chunk.</summary>
    public static string NameOf(EventPartition partition, IReadOnlyList<DeadLetter> letters) =>
        $"{BlobNames.Segment(partition.Hub)}/{BlobNames.Segment(partition.Id)}/{letters[0].Position}-{Digest(letters)}.jsonl";

    /// <inheritdoc/>
    public async Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var letter in letters) DeadLetterLine.Write(lines, letter);
        lines.Position = 0;

        try
        {
            await _container.GetBlobClient(NameOf(partition, letters)).UploadAsync(lines, overwrite: true, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }

    private static string Digest(IReadOnlyList<DeadLetter> letters)
    {
        var places = string.Join('\n', letters.Select(l => $"{l.Position} {l.Reason}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(places)).AsSpan(0, DigestBytes));
    }
}
