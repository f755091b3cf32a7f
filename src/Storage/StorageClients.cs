using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Opens the clients of the account: with the app's identity in Azure, with the connection string on the emulator.</summary>
/// <param name="options">Validated options.</param>
public sealed class StorageClients(StorageOptions options)
{
    /// <summary>The table of counts, watermarks and outbox.</summary>
    public const string LineageTableName = "lineage";

    private readonly Lazy<DefaultAzureCredential> _identity = new(() => new DefaultAzureCredential());

    /// <summary>Opens the blob service.</summary>
    /// <param name="clientOptions">Retries and transport; null takes the client's own.</param>
    public BlobServiceClient Blobs(BlobClientOptions? clientOptions = null) => options.IsEmulator
        ? new BlobServiceClient(options.ConnectionString, clientOptions)
        : new BlobServiceClient(new Uri($"https://{options.AccountName}.blob.core.windows.net"), _identity.Value, clientOptions);

    /// <summary>Opens the table service.</summary>
    /// <param name="clientOptions">Retries and transport; null takes the client's own.</param>
    public TableServiceClient Tables(TableClientOptions? clientOptions = null) => options.IsEmulator
        ? new TableServiceClient(options.ConnectionString, clientOptions)
        : new TableServiceClient(new Uri($"https://{options.AccountName}.table.core.windows.net"), _identity.Value, clientOptions);

    /// <summary>
    /// Creates containers and table, on the emulator only. In Azure the templates create them, and the app's identity is not allowed to.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The emulator does not answer.</exception>
    public async Task CreateOnEmulatorAsync(CancellationToken cancellationToken)
    {
        if (!options.IsEmulator) return;

        try
        {
            var blobs = Blobs();
            foreach (
                var container in new[]
                {
                    ModelBlobs.Container,
                    DeadLetterBlobs.Container,
                    FleetBlobs.Container,
                    JsonBlobs.Rules,
                    JsonBlobs.Exceptions,
                    HealthBlobs.Container,
                })
            {
                await blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }

            await Tables().CreateTableIfNotExistsAsync(LineageTableName, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable("the storage emulator", exception);
        }
    }
}
