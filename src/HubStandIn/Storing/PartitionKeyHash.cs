using System.Text;

namespace Changeling.HubStandIn.Storing;

/// <summary>Chooses the partition of a key: always the same one, on every machine. It is not the function of Event Hubs.</summary>
internal static class PartitionKeyHash
{
    public static int Partition(string key, int partitions)
    {
        // FNV-1a, then mixed, since the low bits of FNV-1a depend on the low bits of the input only.
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(key)) hash = (hash ^ octet) * 16777619u;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return (int)((hash ^ (hash >> 16)) % (uint)partitions);
    }
}
