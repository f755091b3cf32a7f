using System.Collections.Concurrent;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class ProcessorTests : HubTest
{
    private readonly MemoryCheckpointStore _store = new();
    private readonly ConcurrentQueue<(int Partition, string Body)> _received = [];
    private readonly SemaphoreSlim _moreReceived = new(0);

    [Fact]
    public async Task A_processor_reads_all_partitions_and_goes_on_from_its_checkpoints_when_started_again()
    {
        Append(0, 400);
        var first = Processor();
        await first.StartProcessingAsync(Cancellation);
        await ReceivedAsync(400);
        await first.StopProcessingAsync(Cancellation);

        Append(400, 400);
        var second = Processor();
        await second.StartProcessingAsync(Cancellation);
        await ReceivedAsync(800);
        await second.StopProcessingAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, 800).Select(i => (i % 4, $"{i}")).Order(), _received.Order());
        Assert.All(Hub.Partitions, partition => Assert.Equal(partition.LastSequenceNumber, _store.Checkpoint(partition.Id)));
        Assert.Empty(first.Errors.Concat(second.Errors));
    }

    [Fact]
    public async Task Two_processors_share_four_partitions()
    {
        var one = Processor();
        await one.StartProcessingAsync(Cancellation);
        await Hub.WaitForReadersAsync(readers => readers.Count == 4, Cancellation);

        var two = Processor();
        await two.StartProcessingAsync(Cancellation);
        await Hub.WaitForReadersAsync(readers => Shares(readers) is [2, 2], Cancellation);
        Append(0, 400);
        await ReceivedAsync(400);

        Assert.Equal(Enumerable.Range(0, 400).Select(i => (i % 4, $"{i}")).Order(), _received.Distinct().Order());
        await one.StopProcessingAsync(Cancellation);
        await two.StopProcessingAsync(Cancellation);
    }

    /// <summary>Partitions read by each processor; the identifier of its readers begins with the partition.</summary>
    private static int[] Shares(IReadOnlyList<HubReader> readers) =>
    [
        .. readers.GroupBy(reader => reader.Name?[(reader.Name.IndexOf('-') + 1)..]).Select(group => group.Count()),
    ];

    private void Append(int first, int count)
    {
        for (var i = first; i < first + count; i++) Hub.Append(i % 4, System.Text.Encoding.UTF8.GetBytes($"{i}"));
    }

    private CollectingProcessor Processor() => new(_store, Server.ConnectionString, HubName, _received, () => _moreReceived.Release());

    private async Task ReceivedAsync(int count)
    {
        while (_received.Distinct().Count() < count) await _moreReceived.WaitAsync(Cancellation);
    }
}
