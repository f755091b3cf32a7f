using Changeling.Storage;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>The container <c>models</c> of the shared emulator: tests of it run one after the other.</summary>
internal static class ModelsContainer
{
    public const string Name = "container models";

    public static async Task<StorageClients> EmptyAsync(string connectionString)
    {
        var token = TestContext.Current.CancellationToken;
        var clients = new StorageClients(new StorageOptions { ConnectionString = connectionString });
        await clients.CreateOnEmulatorAsync(token);
        var container = clients.Blobs().GetBlobContainerClient(ModelBlobs.Container);
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: token))
            await container.DeleteBlobAsync(blob.Name, cancellationToken: token);
        return clients;
    }
}
