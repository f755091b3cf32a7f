using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;
using Changeling.TestSupport;
using CsCheck;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>Any mix of kills, lost answers, throttling and other cuts leaves the rows of an undisturbed run.</summary>
public class FaultsTests
{
    private static readonly string[] Children = ["svchost.exe", "a.exe", "b.exe", "odd-one.exe", "odd-two.exe"];

    [Fact]
    public void Any_mix_of_faults_and_cuts_leaves_the_rows_and_detections_of_an_undisturbed_run() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[10, 250], Gen.Int[1, 80]).Sample(
            (seed, messages, batch) =>
            {
                var hub = Hub(new Random(seed), messages);
                var undisturbed = RunAsync(hub, batch: messages, null).GetAwaiter().GetResult();
                var disturbed = RunAsync(hub, batch, new Random(seed + 1)).GetAwaiter().GetResult();

                Assert.Equal(undisturbed.Watermark, disturbed.Watermark);
                Assert.Equal(undisturbed.Rows, disturbed.Rows);
                Assert.Equal(undisturbed.Detections, disturbed.Detections);
                Assert.Equal(undisturbed.DeadLetters, disturbed.DeadLetters);
            },
            iter: 60);

    private static List<TelemetryMessage> Hub(Random chance, int messages)
    {
        var hub = new List<TelemetryMessage>();
        var time = Some.Time;
        for (var i = 0; i < messages; i++)
        {
            time = time.AddHours(chance.NextDouble() * 4 - 0.5);
            byte[][] records = [.. Enumerable.Range(0, chance.Next(1, 6)).Select(r => Record(
                "services.exe", Children[chance.Next(Children.Length)], chance.Next(4) == 0 ? "evil" : "plain", time, $"{{{i}-{r}}}"))];
            hub.Add(Message(i, chance.Next(12) == 0 ? "broken"u8.ToArray() : Many(records), time));
        }

        return hub;
    }

    /// <summary>
    /// Plays the host: hands over batches, again after each failure, sometimes with another cut, and restarts the process when it died.
    /// </summary>
    private static async Task<Result> RunAsync(List<TelemetryMessage> hub, int batch, Random? chance)
    {
        var bench = new PipelineBench(_ => chance is null ? CommitFault.None : (CommitFault)Math.Max(0, chance.Next(-6, 6)));
        var detections = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var next = 0; next < hub.Count;)
        {
            var back = chance?.Next(0, Math.Min(next, 20) + 1) ?? 0;
            var size = chance?.Next(1, batch + 1) ?? batch;
            try
            {
                var outcome = await bench.ProcessAsync([.. hub.Skip(next - back).Take(size + back)]);
                foreach (var detection in outcome.Detections)
                    detections[PipelineBench.Id(detection)] = System.Text.Encoding.UTF8.GetString(detection.Span);
                next += size;
            }
            catch (KilledException)
            {
                bench.Restart();
            }
            catch (StoreUnavailableException)
            {
            }
        }

        return new Result(
            (await bench.WatermarkAsync())!, await bench.LaunchesAsync("services.exe"), [.. detections],
            [.. bench.DeadLetters.All.Select(l => l.Position).Distinct()]);
    }

    private sealed record Result(
        Watermark Watermark,
        IReadOnlyList<CountRow> Rows,
        IReadOnlyList<KeyValuePair<string, string>> Detections,
        IReadOnlyList<Position> DeadLetters);
}
