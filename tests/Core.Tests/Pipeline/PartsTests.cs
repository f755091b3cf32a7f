using System.Text;
using Changeling.Events;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>A batch is read part by part, and what was read is committed before more is read.</summary>
public class PartsTests
{
    private const int MegaByte = 1024 * 1024;

    [Fact]
    public async Task A_batch_that_is_stopped_in_the_middle_has_committed_what_came_before()
    {
        var bench = new PipelineBench();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bench.Faults = _ =>
        {
            stop.Cancel();
            return CommitFault.None;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.ProcessAsync(stop.Token, Large()));

        var committed = (await bench.WatermarkAsync())!.Position.SequenceNumber;
        Assert.InRange(committed, 1, 8);
        bench.Faults = _ => CommitFault.None;
        var rest = await bench.ProcessAsync(Large());
        Assert.Equal((10, committed), (rest.Records, (long)rest.Replayed));
        Assert.Equal(10, (await bench.LaunchesAsync("a.exe")).Sum(r => r.Count.Launches));
    }

    [Fact]
    public async Task A_batch_in_parts_says_the_same_as_its_messages_one_by_one()
    {
        var (together, single) = (new PipelineBench(), new PipelineBench());

        var outcome = await together.ProcessAsync(Large());
        foreach (var message in Large()) await single.ProcessAsync(message);

        Assert.Equal((10, 10, 0, 0L), (outcome.Records, outcome.Scored, outcome.Replayed, outcome.SequenceGap));
        Assert.Equal(await single.WatermarkAsync(), await together.WatermarkAsync());
        Assert.Equal(await single.LaunchesAsync("a.exe"), await together.LaunchesAsync("a.exe"));
    }

    [Fact]
    public async Task Dead_letters_are_kept_in_small_portions()
    {
        var bench = new PipelineBench();
        var unread = $$"""{"nothing":"{{new string('x', 100_000)}}"}""";

        await bench.ProcessAsync(Message(1, Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(unread, 100))}]")));

        Assert.Equal(100, bench.DeadLetters.All.Count());
        Assert.All(
            bench.DeadLetters.Chunks, letters => Assert.InRange(letters.Sum(l => l.Body.Bytes.Length), 1, MegaByte + DeadBody.MaxBytes));
    }

    /// <summary>Ten messages of a megabyte, a launch each.</summary>
    private static TelemetryMessage[] Large() =>
        [.. Enumerable.Range(1,
            10).Select(i =>
                Message(i, [.. Record("a.exe", $"x{(char)('a' + i)}.exe"), .. Encoding.UTF8.GetBytes(new string(' ', MegaByte))]))];
}
