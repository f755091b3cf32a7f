using Azure.Storage.Blobs;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Models;

/// <summary><c>models …</c> on a real emulator. The container's name is fixed, so each test empties it first.</summary>
public sealed class ModelsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();
    private BlobContainerClient _container = null!;

    [Fact]
    public async Task A_package_is_published_activated_and_rolled_back_and_the_list_shows_each_step()
    {
        await PublishAsync("2027.1.1", "--activate");
        await PublishAsync("2027.2.1");
        var before = await RunAsync("list");

        var activated = await RunAsync("activate", "2027.2.1");
        var after = await RunAsync("list");
        var back = await RunAsync("rollback");

        AssertLine(before, "2027.1.1", "current");
        AssertLine(
            before,
            "2027.2.1",
            Packages.ShippedThreshold.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture),
            "recordedTuples.rocAuc");
        Assert.Contains("2027.2.1 is the current model, 2027.1.1 the previous one", activated.Succeeded().Output, StringComparison.Ordinal);
        AssertLine(after, "2027.1.1", "previous");
        AssertLine(after, "2027.2.1", "current");
        Assert.Contains("2027.1.1 is current again, instead of 2027.2.1", back.Succeeded().Output, StringComparison.Ordinal);
        AssertLine(await RunAsync("list"), "2027.1.1", "current");
    }

    [Fact]
    public async Task The_same_bytes_may_be_published_again_and_other_bytes_of_the_same_version_never()
    {
        await PublishAsync("2027.1.1");
        _folder.Write("other.zip", Packages.With(m => (m["version"], m["threshold"]) = ("2027.1.1", 0.5)));

        var again = await RunAsync("publish", "2027.1.1.zip");
        var other = await RunAsync("publish", "other.zip", "--activate");

        Assert.Contains("with the same bytes", again.Succeeded().Output, StringComparison.Ordinal);
        other.RefusedWith("2027.1.1 is published already with other bytes", "a version of its own");
        Assert.Equal(_folder.Read("2027.1.1.zip"), await BlobAsync("2027.1.1.zip"));
        Assert.False(await _container.GetBlobClient(ModelBlobs.PointerName).ExistsAsync(Token));
    }

    [Fact]
    public async Task A_package_that_this_build_cannot_score_is_never_uploaded()
    {
        _folder.Write("future.zip", Packages.OfSchema("2027.1.1", 99));
        _folder.Write("cut.zip", Packages.Of("2027.1.1").AsSpan(0, 5000));
        _folder.Write("odd.zip", Packages.Of("../2027"));

        (await RunAsync("publish", "future.zip", "--activate")).RefusedWith("future.zip is refused", "feature schema 99");
        (await RunAsync("publish", "cut.zip")).RefusedWith("cut.zip is refused", "zip");
        (await RunAsync("publish", "odd.zip")).RefusedWith("'../2027' does not");
        (await RunAsync("publish", "missing.zip")).RefusedWith("missing.zip does not exist");

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_package_uploaded_by_hand_is_activated_only_when_this_build_can_score_it_as_that_version()
    {
        await UploadAsync("2027.3.1.zip", Packages.OfSchema("2027.3.1", 99));
        await UploadAsync("2027.4.1.zip", Packages.Of("2027.1.1"));

        (await RunAsync("activate", "2027.3.1")).RefusedWith("2027.3.1 is refused", "feature schema 99");
        (await RunAsync("activate", "2027.4.1")).RefusedWith("the package's manifest has the version 2027.1.1");
        (await RunAsync("activate", "2027.5.1")).RefusedWith("version 2027.5.1 is not published", "2027.3.1, 2027.4.1");
        AssertLine(await RunAsync("list"), "2027.3.1", "feature schema 99");
        Assert.DoesNotContain(ModelBlobs.PointerName, await NamesAsync());
    }

    [Fact]
    public async Task A_damaged_pointer_is_reported_and_mended_by_an_activation()
    {
        await PublishAsync("2027.1.1");
        await UploadAsync(ModelBlobs.PointerName, "garbage"u8.ToArray());

        var list = (await RunAsync("list")).Succeeded();
        (await RunAsync("rollback")).RefusedWith("the pointer is damaged", "changeling models activate", "2027.1.1");
        (await RunAsync("activate", "2027.1.1")).Succeeded();

        Assert.Contains("the pointer is damaged", list.Output, StringComparison.Ordinal);
        AssertLine(await RunAsync("list"), "2027.1.1", "current");
    }

    [Fact]
    public async Task A_rollback_to_a_package_that_is_no_longer_good_is_refused()
    {
        await PublishAsync("2027.1.1", "--activate");
        await PublishAsync("2027.2.1", "--activate");
        await UploadAsync("2027.1.1.zip", "garbage"u8.ToArray());

        (await RunAsync("rollback")).RefusedWith("2027.1.1.zip", "SHA-256");

        AssertLine(await RunAsync("list"), "2027.2.1", "current");
    }

    [Fact]
    public async Task Without_anything_there_is_nothing_to_list_or_to_go_back_to()
    {
        (await RunAsync("list")).RefusedWith("no package is published yet");
        (await RunAsync("rollback")).RefusedWith("nothing to go back to", "no package is published yet");
    }

    [Fact]
    public async Task The_account_comes_from_the_settings_of_the_app_unless_it_is_named()
    {
        var unnamed = await Terminal.RunAsync(
            _folder, Environment(("Storage__ConnectionString", ""), ("Storage__AccountName", "")), "models", "list");
        var set = await Terminal.RunAsync(
            _folder, Environment(("Storage__ConnectionString", _account), ("Storage__AccountName", "")), "models", "list");

        unnamed.RefusedWith("the storage account is missing", "--account", "--connection-string");
        set.RefusedWith("no package is published yet");
    }

    [Theory]
    [InlineData("--connection-string", "DefaultEndpointsProtocol=https;AccountName=real;AccountKey=YQ==;EndpointSuffix=core.windows.net",
        "local emulator only")]
    [InlineData("--account", "Not-An-Account", "lower-case letters and digits")]
    [InlineData("--connection-string", "AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;", "emulator does not answer")]
    public async Task An_account_that_cannot_be_used_is_answered_in_a_sentence(string option, string value, string reason) =>
        (await Terminal.RunAsync(_folder, "models", "list", option, value)).RefusedWith(reason);

    public async ValueTask InitializeAsync()
    {
        _container = new StorageClients(new StorageOptions { ConnectionString = _account })
            .Blobs()
            .GetBlobContainerClient(ModelBlobs.Container);
        await _container.CreateAsync(cancellationToken: Token);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(v => v.Name, v => v.Value);

    /// <summary>One line of the list holds all of these.</summary>
    private static void AssertLine(Outcome list, params string[] parts) =>
        Assert.Contains(list.Succeeded().Output.Split('\n'), line => parts.All(part => line.Contains(part, StringComparison.Ordinal)));

    private Task<Outcome> RunAsync(params string[] arguments) =>
        Terminal.RunAsync(_folder, ["models", .. arguments, "--connection-string", _account]);

    private async Task PublishAsync(string version, params string[] options)
    {
        _folder.Write($"{version}.zip", Packages.Of(version));
        (await RunAsync(["publish", $"{version}.zip", .. options])).Succeeded();
    }

    private async Task UploadAsync(string name, byte[] bytes) =>
        await _container.GetBlobClient(name).UploadAsync(new BinaryData(bytes), overwrite: true, Token);

    private async Task<byte[]> BlobAsync(string name) =>
        (await _container.GetBlobClient(name).DownloadContentAsync(Token)).Value.Content.ToArray();

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in _container.GetBlobsAsync(cancellationToken: Token)) names.Add(blob.Name);
        return names;
    }
}
