using System.Text;
using System.Text.Json;
using Changeling.Events;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Hosting.Tests.Blobs;

public sealed class DeadLetterBlobsTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_letter_is_one_line_with_its_place_reason_and_bytes()
    {
        var lines = await WriteAsync(NewPartition(), [Letter(7, 0, "{\"broken\": \n"u8.ToArray()), Letter(8, 2, [0xff, 0x00])]);

        Assert.Equal(2, lines.Count);
        Assert.Equal(
            (0, 7, 0),
            (
                lines[0].GetProperty("epoch").GetInt32(), lines[0].GetProperty("sequence_number").GetInt64(),
                lines[0].GetProperty("record").GetInt32()));
        Assert.Equal("not_json", lines[0].GetProperty("reason").GetString());
        Assert.Equal(Some.Time, lines[0].GetProperty("enqueued_time").GetDateTimeOffset());
        Assert.Equal("{\"broken\": \n", lines[0].GetProperty("body_text").GetString());
        Assert.Equal([0xff, 0x00], lines[1].GetProperty("body").GetBytesFromBase64());
        Assert.False(lines[1].TryGetProperty("body_text", out _));
    }

    [Fact]
    public async Task A_replay_overwrites_its_own_letters()
    {
        var partition = NewPartition();
        DeadLetter[] letters = [Letter(7, 0, "one"u8.ToArray()), Letter(9, 0, "two"u8.ToArray())];
        await WriteAsync(partition, letters);

        var lines = await WriteAsync(partition, letters);

        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public async Task Another_cut_that_begins_with_the_same_letter_takes_none_away()
    {
        var partition = NewPartition();
        DeadLetter[] letters = [Letter(7, 0, "one"u8.ToArray()), Letter(9, 0, "two"u8.ToArray())];
        await WriteAsync(partition, letters);

        await WriteAsync(partition, letters[..1]);

        Assert.Equal(2, (await ReadAsync(partition, letters)).Count);
    }

    [Fact]
    public async Task A_large_body_is_kept_by_its_beginning_and_comes_back_as_cut()
    {
        var (partition, body) = (NewPartition(), new byte[200_000]);
        await WriteAsync(partition, [Letter(7, 0, body)]);

        var read = await new DeadLetterBlobs(
            new StorageClients(new StorageOptions { ConnectionString = azurite.ConnectionString }).Blobs()).ReadAsync(
            DeadLetterBlobs.NameOf(partition, [Letter(7, 0, body)]), Token);

        var kept = Assert.Single(read!).Body;
        Assert.Equal(
            (DeadBody.MaxBytes, 200_000L, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))),
            (kept.Bytes.Length, kept.Length, kept.Sha256));
    }

    [Fact]
    public async Task A_hostile_hub_name_stays_one_segment()
    {
        var partition = new EventPartition("../a/b\n" + AzuriteFixture.UniqueName("h"), "0");

        var lines = await WriteAsync(partition, [Letter(1, 0, "x"u8.ToArray())]);

        Assert.Single(lines);
        Assert.StartsWith("~002e.~002fa~002fb~000a", DeadLetterBlobs.NameOf(partition, [Letter(1, 0, [])]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_away_is_said_in_a_sentence()
    {
        var options = new Azure.Storage.Blobs.BlobClientOptions { Retry = { MaxRetries = 0 } };
        var nowhere = new Azure.Storage.Blobs.BlobServiceClient(new Uri("http://127.0.0.1:1/a"), options);

        var away = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => new DeadLetterBlobs(nowhere).WriteAsync(NewPartition(), [Letter(1, 0, [])], Token));

        Assert.StartsWith("container deadletters cannot be reached", away.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventPartition NewPartition() => new(AzuriteFixture.UniqueName("hub"), "3");

    private static DeadLetter Letter(long sequenceNumber, int record, byte[] body) =>
        new(new Position(0, sequenceNumber, record), Some.Time, DeadLetterReasons.NotJson, "the text ends early", DeadBody.OfMessage(body));

    private async Task<List<JsonElement>> WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters)
    {
        var clients = new StorageClients(new StorageOptions { ConnectionString = azurite.ConnectionString });
        await clients.CreateOnEmulatorAsync(Token);
        await new DeadLetterBlobs(clients.Blobs()).WriteAsync(partition, letters, Token);
        return await ReadAsync(partition, letters);
    }

    private async Task<List<JsonElement>> ReadAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters)
    {
        var service = new StorageClients(new StorageOptions { ConnectionString = azurite.ConnectionString }).Blobs();
        var blob = service.GetBlobContainerClient(DeadLetterBlobs.Container).GetBlobClient(DeadLetterBlobs.NameOf(partition, letters));
        var text = Encoding.UTF8.GetString((await blob.DownloadContentAsync(Token)).Value.Content);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
