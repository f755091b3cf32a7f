using Changeling.Cli.Running;
using Changeling.Storage;

namespace Changeling.Cli.Demo;

/// <summary>
/// Waits until the partitions have exchanged their counts. In the demo a day takes seconds, so without this wait partitions would decide
/// with counts of the others that are hours old.
/// </summary>
internal sealed class FleetNews(string connectionString, string baseline)
{
    /// <summary>Maximum wait. After it the demo continues with older counts of the other partitions.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The app reads the snapshots directly after it has written its own.</summary>
    private static readonly TimeSpan ReadBack = TimeSpan.FromMilliseconds(300);

    private readonly FleetBlobs _blobs = new(
        new StorageClients(new StorageOptions { ConnectionString = connectionString }).Blobs(), baseline);
    private IReadOnlyDictionary<string, StoredSnapshot> _known = new Dictionary<string, StoredSnapshot>();

    /// <summary>Waits for snapshots that contain everything that the app has answered.</summary>
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
