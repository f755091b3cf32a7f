using Changeling.Events;

namespace Changeling.HostStandIn.Tests;

/// <summary>Waiting for checkpoints.</summary>
public sealed class CheckpointsTests
{
    private static readonly EventPartition Partition = new("telemetry", "0");

    private readonly Checkpoints _checkpoints = new();

    [Fact]
    public async Task A_wait_ends_with_the_checkpoint_that_reaches_its_message()
    {
        var wait = _checkpoints.WaitForAsync(Partition, 5, TestContext.Current.CancellationToken);
        _checkpoints.Move(new EventPartition("telemetry", "1"), 9);
        _checkpoints.Move(Partition, 4);
        Assert.False(wait.IsCompleted);

        _checkpoints.Move(Partition, 7);

        await wait;
    }

    [Fact]
    public async Task A_message_that_has_been_passed_is_not_waited_for()
    {
        _checkpoints.Move(Partition, 7);

        await _checkpoints.WaitForAsync(Partition, 7, TestContext.Current.CancellationToken);
    }
}
