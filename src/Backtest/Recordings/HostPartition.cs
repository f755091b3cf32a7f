namespace Changeling.Backtest.Recordings;

/// <summary>Spreads hosts over event partitions, as a collector does that keys its messages by host.</summary>
internal static class HostPartition
{
    /// <summary>The same host always goes to the same partition, in every run.</summary>
    public static int Of(string host, int partitions) => (int)(host.Aggregate(17u, (hash, unit) => hash * 31 + unit) % partitions);
}
