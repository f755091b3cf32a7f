using System.Text;
using Changeling.Cli.Hubs;
using Changeling.Hubs;

namespace Changeling.Cli.Tests.Hubs;

public sealed class TailingTests : IDisposable
{
    private readonly MemoryStream _target = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Written => Encoding.UTF8.GetString(_target.ToArray());

    [Fact]
    public async Task An_interruption_ends_a_tail_with_whole_lines()
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var tail = new HubTail(hubs.Endpoint, "detections");
        using var interruption = new CancellationTokenSource();
        hubs.Detections.Append(0, "{\"n\":1}"u8.ToArray());
        hubs.Detections.Append(0, "{\"n\":2}"u8.ToArray());

        var messages = await new Tailing(_target, isForPeople: false, max: 0)
            .RunAsync(Interrupting(tail.ReadAsync(fromStart: true, untilEnd: false, interruption.Token), 2, interruption));

        Assert.Equal((2, "{\"n\":1}\n{\"n\":2}\n"), (messages, Written));
    }

    [Fact]
    public async Task A_count_ends_it_and_what_is_there_besides_is_left()
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var tail = new HubTail(hubs.Endpoint, "detections");
        for (var n = 0; n < 5; n++) hubs.Detections.Append(0, Encoding.UTF8.GetBytes($"{n}"));

        Assert.Equal(
            3,
            await new Tailing(_target, isForPeople: false, max: 3)
                .RunAsync(tail.ReadAsync(fromStart: true, untilEnd: false, Cancellation)));

        Assert.Equal("0\n1\n2\n", Written);
    }

    [Theory]
    [InlineData(true, "{\"name\":\"a\\u001b[31mb\\u202e\"}\n")]
    [InlineData(false, "{\"name\":\"a\u001b[31mb\u202e\"}\n")]
    public async Task People_see_escapes_and_files_get_the_bytes(bool isForPeople, string line)
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var tail = new HubTail(hubs.Endpoint, "detections");
        hubs.Detections.Append(0, Encoding.UTF8.GetBytes("{\"name\":\"a\u001b[31mb\u202e\"}"));

        await new Tailing(_target, isForPeople, max: 1).RunAsync(tail.ReadAsync(fromStart: true, untilEnd: false, Cancellation));

        Assert.Equal(line, Written);
    }

    public void Dispose() => _target.Dispose();

    private static async IAsyncEnumerable<ReceivedMessage> Interrupting(
        IAsyncEnumerable<ReceivedMessage> messages, int after, CancellationTokenSource interruption)
    {
        await foreach (var message in messages)
        {
            yield return message;
            if (--after == 0) await interruption.CancelAsync();
        }
    }
}
