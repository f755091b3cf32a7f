using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>The operations on dead letters for operators' commands.</summary>
public sealed partial class DeadLetterBlobs
{
    /// <summary>The names of all blobs, in order.</summary>
    /// <exception cref="StoreUnavailableException">The container cannot be read now.</exception>
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<string>>(async () =>
    {
        var names = new List<string>();
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken)) names.Add(blob.Name);
        return names;
    }, cancellationToken);

    /// <summary>The letters of one blob; <see langword="null"/> when it does not exist.</summary>
    /// <exception cref="StoreUnavailableException">The container cannot be read now.</exception>
    /// <exception cref="InvalidDataException">The blob was not written by this program; the message names it.</exception>
    public Task<IReadOnlyList<DeadLetter>?> ReadAsync(string name, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            var content = (await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content;
            return (
                IReadOnlyList<DeadLetter>?)[.. JsonValueSplitter.Split(content.ToMemory())
                    .Select(line => Letter(name, line.Line, line.Value))];
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }, cancellationToken);

    /// <summary>
    /// Deletes letters from one blob, unless another process writes it at the same time. When the last letter is deleted, the blob is
    /// deleted as well.
    /// </summary>
    /// <returns>Number of deleted letters.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The container cannot be used now, or the blob was written in the meantime. Try again.
    /// </exception>
    public Task<int> DeleteAsync(string name, Predicate<DeadLetter> which, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var blob = _container.GetBlobClient(name);
        try
        {
            var read = (await blob.DownloadContentAsync(cancellationToken)).Value;
            var letters = JsonValueSplitter.Split(read.Content.ToMemory()).Select(line => Letter(name, line.Line, line.Value)).ToList();
            var kept = letters.Where(l => !which(l)).ToList();
            if (kept.Count == letters.Count) return 0;

            var unchanged = new BlobRequestConditions { IfMatch = read.Details.ETag };
            if (kept.Count == 0)
            {
                await blob.DeleteAsync(conditions: unchanged, cancellationToken: cancellationToken);
                return letters.Count;
            }

            using var lines = new MemoryStream();
            foreach (var letter in kept) DeadLetterLine.Write(lines, letter);
            lines.Position = 0;
            await blob.UploadAsync(lines, new BlobUploadOptions { Conditions = unchanged }, cancellationToken);
            return letters.Count - kept.Count;
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return 0;
        }
        catch (RequestFailedException moved) when (moved.Status == 412)
        {
            throw new StoreUnavailableException($"{Container}/{name} was written by somebody else meanwhile; run this again.");
        }
    }, cancellationToken);

    private static DeadLetter Letter(string blob, int number, ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new DeadLetter(
                new Position(
                    root.GetProperty("epoch").GetInt32(),
                    root.GetProperty("sequence_number").GetInt64(),
                    root.GetProperty("record").GetInt32()),
                root.GetProperty("enqueued_time").GetDateTimeOffset(),
                root.GetProperty("reason").GetString() ?? "",
                root.GetProperty("detail").GetString() ?? "",
                Body(root));
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{Container}/{blob}, line {number}: no dead letter"), exception);
        }
    }

    private static DeadBody Body(JsonElement line)
    {
        var bytes = line.GetProperty("body").GetBytesFromBase64();
        return line.TryGetProperty("body_sha256", out var sha256)
            ? new DeadBody(bytes, line.GetProperty("body_bytes").GetInt64(), sha256.GetString() ?? "")
            : new DeadBody(bytes, bytes.Length, null);
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }
}
