using System.Diagnostics;
using Changeling.Counts;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Histories;

/// <summary>
/// Random histories of one event partition in process, held against a plain recount. More of them: CHANGELING_HISTORIES=20000.
/// </summary>
public class HistoriesTests(ITestOutputHelper output)
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_HISTORIES"), out var count)
        ? count
        : 300;

    [Fact]
    public void No_history_loses_or_doubles_a_count_or_a_detection_or_stands_still()
    {
        var (started, histories, messages, kills, faults, detections, swept, heldBack, hits, near) =
            (Stopwatch.GetTimestamp(), 0, 0, 0, 0, 0, 0, 0, 0L, 0L);

        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 100]).Sample(
            (seed, length) =>
            {
                var hub = Hub.Make(new Random(seed), length);
                var model = new PlainModel(hub, Priors.Keen);
                var history = new History(hub, Priors.Keen, new Random(seed + 1));

                history.Play();

                Assert.Equal(
                    (model.Last, model.Clock, model.Since),
                    (history.Watermark()!.Position, history.Watermark()!.HighestEnqueuedTime, history.Watermark()!.LearningSince));
                foreach (var parent in Hub.AllParents) Assert.Equal(model.RowsOf(parent), history.RowsOf(parent));
                foreach (var child in Hub.AllChildren)
                {
                    Assert.Equal(model.Signs.OccurrencesOf(OccurrenceKind.Host, child), history.OccurrencesOf(OccurrenceKind.Host, child));
                    Assert.Equal(model.Signs.OccurrencesOf(OccurrenceKind.User, child), history.OccurrencesOf(OccurrenceKind.User, child));
                }

                Assert.All(model.Signs.Windows, window => Assert.Equal(model.Signs.SumsOf(window), history.SumsOf(window)));
                Assert.All(model.Signs.Quotas, quota => Assert.Equal(quota.Value, history.QuotaOf(quota.Key)));
                Interlocked.Add(ref heldBack, model.Signs.HeldBack);
                Assert.Equal(model.Surprises, history.Watermark()!.Surprises);
                Assert.Equal(model.Fleet, history.Watermark()!.Hosts);
                Assert.Equal(model.Detections, history.Emitted.Keys);
                Assert.All(history.Emitted.Values, bodies => Assert.Single(bodies));
                Assert.Equal(model.Suppressed, history.Suppressed());
                Assert.Equal(model.Exceptions.Counts.OrderBy(c => c.Key), history.Exceptions().OrderBy(c => c.Key, StringComparer.Ordinal));
                Interlocked.Add(ref hits, model.Exceptions.Counts.Values.Sum(c => c.Hits));
                Interlocked.Add(ref near, model.Exceptions.Counts.Values.Sum(c => c.NearMisses));
                Assert.Equal(model.DeadLetters, history.DeadLetters.Reasons);
                Interlocked.Increment(ref histories);
                Interlocked.Add(ref messages, length);
                Interlocked.Add(ref kills, history.Kills);
                Interlocked.Add(ref faults, history.Faults);
                Interlocked.Add(ref swept, history.SweptRows);
                Interlocked.Add(ref detections, model.Detections.Count);
            },
            iter: Count);

        Assert.True(
            kills > histories
                && faults > histories
                && detections > histories
                && swept > histories / 20
                && heldBack > histories / 50
                && hits > histories
                && near > histories,
            $"the histories are too tame to show anything: {histories} histories, {kills} kills, {faults} faults, {detections} detections, {swept} swept, {heldBack} held back, {hits} hits, {near} near misses");
        output.WriteLine(
            $"{histories} histories, {messages} messages, {faults} faults, {kills} kills, {swept} rows swept, {detections} detections, {heldBack} held back, {hits} hits of exceptions, {near} near misses, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }
}
