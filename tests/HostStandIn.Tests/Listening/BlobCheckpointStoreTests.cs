using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Processor;
using Azure.Storage.Blobs;
using Changeling.HostStandIn.Listening;
using Changeling.TestSupport;

namespace Changeling.HostStandIn.Tests.Listening;

/// <summary>Checkpoints and ownership in blobs, as the Event Hubs extension writes and reads them.</summary>
public sealed class BlobCheckpointStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Namespace = "EVHNS.servicebus.windows.net";
    private const string Hub = "Telemetry";
    private const string Group = "$Default";

    private readonly BlobContainerClient _container = new BlobServiceClient(azurite.ConnectionString)
        .GetBlobContainerClient(AzuriteFixture.UniqueName("checkpoints"));

    private BlobCheckpointStore Store => new(_container);

    public async ValueTask InitializeAsync() => await _container.CreateAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_checkpoint_is_the_metadata_of_a_blob_whose_name_is_in_lower_case()
    {
        await Store.UpdateCheckpointAsync(Namespace, Hub, Group, "3", "client", new CheckpointPosition("8589934592", 41), Token);

        var blob = await _container.GetBlobClient("evhns.servicebus.windows.net/telemetry/$default/checkpoint/3")
            .GetPropertiesAsync(cancellationToken: Token);
        Assert.Equal(
            ("8589934592", "41", "client"),
            (blob.Value.Metadata["offset"], blob.Value.Metadata["sequencenumber"], blob.Value.Metadata["clientidentifier"]));
    }

    [Fact]
    public async Task The_next_owner_goes_on_after_the_checkpoint()
    {
        await Store.UpdateCheckpointAsync(Namespace, Hub, Group, "3", "client", new CheckpointPosition("100", 41), Token);
        await Store.UpdateCheckpointAsync(Namespace, Hub, Group, "3", "client", new CheckpointPosition("200", 42), Token);

        var checkpoint = await Store.GetCheckpointAsync(Namespace, Hub, Group, "3", Token);

        Assert.Equal(EventPosition.FromOffset("200", false), checkpoint!.StartingPosition);
        Assert.Equal(42, Assert.IsType<HubCheckpoint>(checkpoint).SequenceNumber);
    }

    [Fact]
    public async Task A_checkpoint_without_an_offset_goes_by_its_sequence_number()
    {
        var metadata = new Dictionary<string, string> { ["sequencenumber"] = "41" };
        await _container.GetBlobClient("evhns.servicebus.windows.net/telemetry/$default/checkpoint/3")
            .UploadAsync(Stream.Null, metadata: metadata, cancellationToken: Token);

        var checkpoint = await Store.GetCheckpointAsync(Namespace, Hub, Group, "3", Token);

        Assert.Equal(EventPosition.FromSequenceNumber(41, false), checkpoint!.StartingPosition);
    }

    [Fact]
    public async Task A_partition_without_a_checkpoint_has_none()
    {
        Assert.Null(await Store.GetCheckpointAsync(Namespace, Hub, Group, "3", Token));
    }

    [Fact]
    public async Task Of_two_that_claim_a_free_partition_one_wins()
    {
        var first = await Store.ClaimOwnershipAsync([Ownership("a")], Token);
        var second = await Store.ClaimOwnershipAsync([Ownership("b")], Token);

        Assert.Single(first);
        Assert.Empty(second);
    }

    [Fact]
    public async Task An_ownership_is_renewed_or_taken_over_only_by_who_has_seen_its_last_version()
    {
        var owned = (await Store.ClaimOwnershipAsync([Ownership("a")], Token)).Single();
        var seen = (await Store.ListOwnershipAsync(Namespace, Hub, Group, Token)).Single();
        Assert.Equal(("3", "a"), (seen.PartitionId, seen.OwnerIdentifier));

        Assert.Single(await Store.ClaimOwnershipAsync([owned], Token));
        seen.OwnerIdentifier = "b";
        Assert.Empty(await Store.ClaimOwnershipAsync([seen], Token));

        var now = (await Store.ListOwnershipAsync(Namespace, Hub, Group, Token)).Single();
        now.OwnerIdentifier = "b";
        Assert.Single(await Store.ClaimOwnershipAsync([now], Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventProcessorPartitionOwnership Ownership(string owner) => new()
    {
        FullyQualifiedNamespace = Namespace,
        EventHubName = Hub,
        ConsumerGroup = Group,
        PartitionId = "3",
        OwnerIdentifier = owner,
    };
}
