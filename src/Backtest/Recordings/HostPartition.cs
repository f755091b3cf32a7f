namespace Changeling.Backtest.Recordings;

/// <summary>Distributes hosts over event partitions, as a collector does that uses the host as partition key.</summary>
internal static class HostPartition
{
    /// <summary>The partition of a host, which is the same in every run.</summary>
    public static int Of(string host, int partitions) => (int)(host.Aggregate(17u, (hash, unit) => hash * 31 + unit) % partitions);
}
