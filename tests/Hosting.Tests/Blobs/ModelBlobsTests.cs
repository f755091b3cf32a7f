using System.Text;
using Azure.Storage.Blobs;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>Packages and pointer on a real emulator. The container's name is fixed, so each test empties it first.</summary>
[Collection(ModelsContainer.Name)]
public sealed class ModelBlobsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private BlobServiceClient _service = null!;
    private ModelBlobs _models = null!;

    [Fact]
    public async Task Of_many_instances_that_start_at_once_one_sets_the_pointer()
    {
        var won = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => _models.SeedAsync("1.0", Encoding.UTF8.GetBytes($"package {i % 3}"), Token)));

        Assert.Single(won, true);
        var reading = await _models.ReadPointerAsync(null, Token);
        Assert.StartsWith(
            "package ", Encoding.UTF8.GetString((await _models.DownloadAsync(reading.Pointer!, Token)).Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_is_missing_then_read_then_unchanged()
    {
        var missing = await _models.ReadPointerAsync(null, Token);
        await _models.SeedAsync("1.0", "bytes"u8.ToArray(), Token);
        var read = await _models.ReadPointerAsync(null, Token);
        var unchanged = await _models.ReadPointerAsync(read.Version, Token);
        var (pointer, _) = await _models.PublishAsync("2.0", "more bytes"u8.ToArray(), Token);
        Assert.True(await _models.MoveAsync(read, pointer, Token));
        var changed = await _models.ReadPointerAsync(read.Version, Token);

        Assert.Equal(
            [PointerState.Missing, PointerState.Read, PointerState.Unchanged, PointerState.Read],
            [missing.State, read.State, unchanged.State, changed.State]);
        Assert.Equal(pointer with { Previous = read.Pointer }, changed.Pointer);
    }

    [Fact]
    public async Task A_package_whose_bytes_are_not_the_pointers_is_refused()
    {
        await _models.SeedAsync("1.0", "bytes"u8.ToArray(), Token);
        var pointer = (await _models.ReadPointerAsync(null, Token)).Pointer!;

        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => _models.DownloadAsync(pointer with { Sha256 = new string('0', 64) }, Token));

        Assert.Contains("SHA-256", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"package":"a.zip","sha256":"short"}""")]
    public async Task A_blob_that_is_no_pointer_is_damaged_and_can_be_replaced(string text)
    {
        await _service.GetBlobContainerClient(ModelBlobs.Container)
            .GetBlobClient(ModelBlobs.PointerName)
            .UploadAsync(new BinaryData(text), Token);

        var damaged = await _models.ReadPointerAsync(null, Token);
        var unchanged = await _models.ReadPointerAsync(damaged.Version, Token);
        var (pointer, _) = await _models.PublishAsync("1.0", "bytes"u8.ToArray(), Token);

        Assert.Equal((PointerState.Damaged, PointerState.Unchanged), (damaged.State, unchanged.State));
        Assert.Contains("must be", damaged.Problem, StringComparison.Ordinal);
        Assert.True(await _models.MoveAsync(damaged, pointer, Token));
        Assert.Equal(pointer, (await _models.ReadPointerAsync(null, Token)).Pointer);
    }

    [Fact]
    public async Task Of_many_that_move_the_pointer_at_once_one_does()
    {
        await _models.SeedAsync("1.0", "bytes"u8.ToArray(), Token);
        var pointers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(
                async i => (await _models.PublishAsync($"2.{i}", Encoding.UTF8.GetBytes($"package {i}"), Token)).Pointer));
        var read = await _models.ReadPointerAsync(null, Token);

        var moved = await Task.WhenAll(pointers.Select(p => _models.MoveAsync(read, p, Token)));

        Assert.Single(moved, true);
        Assert.Equal("1.0", (await _models.ReadPointerAsync(null, Token)).Pointer!.Previous!.Version);
    }

    [Fact]
    public async Task The_pointer_remembers_one_model_before_and_no_more()
    {
        foreach (var version in new[] { "1.0", "2.0", "3.0" })
        {
            var (pointer, _) = await _models.PublishAsync(version, Encoding.UTF8.GetBytes(version), Token);
            Assert.True(await _models.MoveAsync(await _models.ReadPointerAsync(null, Token), pointer, Token));
        }

        var current = (await _models.ReadPointerAsync(null, Token)).Pointer!;

        Assert.Equal(("3.0", "2.0", null), (current.Version, current.Previous!.Version, current.Previous.Previous));
    }

    [Fact]
    public async Task A_version_never_means_two_packages()
    {
        var (first, isNew) = await _models.PublishAsync("1.0", "bytes"u8.ToArray(), Token);
        var (again, isNewAgain) = await _models.PublishAsync("1.0", "bytes"u8.ToArray(), Token);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _models.PublishAsync("1.0", "other bytes"u8.ToArray(), Token));

        Assert.Equal((first, true, false), (again, isNew, isNewAgain));
        Assert.Contains("already with other bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal("bytes"u8.ToArray(), (await _models.DownloadAsync(first, Token)).ToArray());
    }

    [Fact]
    public async Task A_shipped_package_whose_version_is_taken_by_another_gives_way_to_it()
    {
        await _models.PublishAsync("1.0", "published"u8.ToArray(), Token);

        Assert.True(await _models.SeedAsync("1.0", "shipped"u8.ToArray(), Token));

        var pointer = (await _models.ReadPointerAsync(null, Token)).Pointer!;
        Assert.Equal("published"u8.ToArray(), (await _models.DownloadAsync(pointer, Token)).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../1")]
    [InlineData(".1")]
    [InlineData("1/2")]
    [InlineData("a b")]
    public async Task A_version_that_can_be_no_name_is_refused(string version) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => _models.PublishAsync(version, "bytes"u8.ToArray(), Token));

    [Fact]
    public async Task A_package_that_is_not_there_is_an_outage_that_names_it()
    {
        var away = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _models.DownloadAsync(new ModelPointer("gone.zip", new string('0', 64)), Token));

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
