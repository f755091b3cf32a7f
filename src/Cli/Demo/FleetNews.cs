using Changeling.Cli.Running;
using Changeling.Storage;

namespace Changeling.Cli.Demo;

/// <summary>
/// Waits until the partitions have exchanged their counts. In Azure that takes minutes of a day; where a day takes seconds,
/// the app would otherwise decide on one partition's afternoon by another's morning.
/// </summary>
internal sealed class FleetNews(string connectionString, string baseline)
{
    /// <summary>After this the demo continues: rarity is then computed from older counts, nothing else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The app reads the snapshots as soon as it has written them.</summary>
    private static readonly TimeSpan ReadBack = TimeSpan.FromMilliseconds(300);

    private readonly FleetBlobs _blobs = new(
        new StorageClients(new StorageOptions { ConnectionString = connectionString }).Blobs(), baseline);
    private IReadOnlyDictionary<string, StoredSnapshot> _known = new Dictionary<string, StoredSnapshot>();

    /// <summary>Waits for snapshots as new as what the app has answered.</summary>
    public async Task WaitAsync(LocalApp app, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var behind = app.Partitions.Where(p => app.AnsweredUpTo(p) is not null).ToHashSet();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            _known = await _blobs.ReadAsync(_known, cancellationToken);
            foreach (var (_, snapshot) in _known.Values)
            {
                if (snapshot.Position.SequenceNumber >= app.AnsweredUpTo(snapshot.Partition)) behind.Remove(snapshot.Partition);
            }

            await Task.Delay(behind.Count == 0 ? ReadBack : Poll, cancellationToken);
            if (behind.Count == 0) return;
        }
    }
}
