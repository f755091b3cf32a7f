using System.Text;
using Azure.Storage.Blobs;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Blobs;

/// <summary>Packages and pointer on a real emulator. The container's name is fixed, so each test empties it first.</summary>
[Collection(ModelsContainer.Name)]
public sealed class ModelBlobsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private BlobServiceClient _service = null!;
    private ModelBlobs _models = null!;

    [Fact]
    public async Task Of_many_instances_that_start_at_once_one_sets_the_pointer()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => _models.SeedAsync("first.zip", Encoding.UTF8.GetBytes($"package {i % 3}"), Token)));

        Assert.Single(won, true);
        var reading = await _models.ReadPointerAsync(null, Token);
        Assert.StartsWith("package ", Encoding.UTF8.GetString((await _models.DownloadAsync(reading.Pointer!, Token)).Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_is_missing_then_read_then_unchanged()
    {
        var missing = await _models.ReadPointerAsync(null, Token);
        await _models.SeedAsync("first.zip", "bytes"u8.ToArray(), Token);
        var read = await _models.ReadPointerAsync(null, Token);
        var unchanged = await _models.ReadPointerAsync(read.Version, Token);
        var pointer = await _models.PublishAsync("second.zip", "more bytes"u8.ToArray(), Token);
        var changed = await _models.ReadPointerAsync(read.Version, Token);

        Assert.Equal([PointerState.Missing, PointerState.Read, PointerState.Unchanged, PointerState.Read], [missing.State, read.State, unchanged.State, changed.State]);
        Assert.Equal(pointer, changed.Pointer);
    }

    [Fact]
    public async Task A_package_whose_bytes_are_not_the_pointers_is_refused()
    {
        await _models.SeedAsync("first.zip", "bytes"u8.ToArray(), Token);
        var pointer = (await _models.ReadPointerAsync(null, Token)).Pointer!;

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _models.DownloadAsync(pointer with { Sha256 = new string('0', 64) }, Token));

        Assert.Contains("SHA-256", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"package":"a.zip","sha256":"short"}""")]
    public async Task A_blob_that_is_no_pointer_is_refused(string text)
    {
        await _service.GetBlobContainerClient(ModelBlobs.Container).GetBlobClient(ModelBlobs.PointerName).UploadAsync(new BinaryData(text), Token);

        await Assert.ThrowsAsync<InvalidDataException>(() => _models.ReadPointerAsync(null, Token));
    }

    [Fact]
    public async Task A_package_that_is_not_there_is_an_outage_that_names_it()
    {
        var away = await Assert.ThrowsAsync<StoreUnavailableException>(() => _models.DownloadAsync(new ModelPointer("gone.zip", new string('0', 64)), Token));

        Assert.Contains("models/gone.zip does not exist", away.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        _service = (await ModelsContainer.EmptyAsync(azurite.ConnectionString)).Blobs();
        _models = new ModelBlobs(_service);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
