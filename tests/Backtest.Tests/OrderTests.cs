using System.Text;
using Changeling.Backtest.Recordings;
using Changeling.Events;
using Changeling.Findings;
using Changeling.RecordedFiles;
using Changeling.Simulation;
using Changeling.TestSupport;

namespace Changeling.Backtest.Tests;

/// <summary>A history gives the same report and the same detections, however its records are distributed and ordered.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly SimulatedHistory _history = new(
        new SimulationOptions { Hosts = 8, Hours = 16, Attacks = 12, Format = SimulationOptions.MixedFormats });

    private readonly List<byte[]> _lines;

    public OrderTests()
    {
        // Records without a process start have no place of their own, and have to be counted all the same.
        var lines = Encoding.UTF8.GetString(_history.Folder.Read(SimulatedHistory.File)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _lines = [.. lines.SelectMany((line, i) => i % 50 == 7 ? new[] { line, $"no record {i}" } : [line]).Select(Encoding.UTF8.GetBytes)];
    }

    private Scratch Folder => _history.Folder;

    [Fact]
    public async Task The_report_and_the_detections_do_not_depend_on_files_and_order()
    {
        var expected = await RunAsync(Write("in-order", _lines));

        Assert.True(_lines.Count > 2_000, $"{_lines.Count} records");
        Assert.NotEmpty(expected.Detections);
        foreach (var (name, files) in Orders())
        {
            var (report, detections) = await RunAsync(files);
            Assert.True(expected.Report.AsSpan().SequenceEqual(report), $"{name}: another report");
            Assert.True(expected.Detections.AsSpan().SequenceEqual(detections), $"{name}: other detections");
        }
    }

    [Fact]
    public void A_few_wrong_clocks_move_neither_the_beginning_nor_the_end()
    {
        var day = new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);
        var lines = Enumerable.Range(0, 300).Select(i => Telemetry.Record("services.exe", "x.exe", time: day.AddSeconds(i))).ToList();
        lines.Insert(100, Telemetry.Record("services.exe", "x.exe", time: DateTimeOffset.UnixEpoch));
        lines.Insert(200, Telemetry.Record("services.exe", "x.exe", time: day.AddYears(70)));
        using var history = new History([RecordedFile.InMemory("a", Joined(lines))], partitions: 1);

        var times = history.Messages(TestContext.Current.CancellationToken).Select(m => m.Message.EnqueuedTime).ToList();

        Assert.Equal((302, day, day.AddSeconds(299), 2), (times.Count, times[0], times[^1], history.LateEvents));
    }

    [Fact]
    public void Only_the_last_days_can_be_used()
    {
        var day = new DateTimeOffset(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);
        byte[][] lines = [.. new[] { 30, 0, 50, 26 }.Select(hours => Telemetry.Record("services.exe", "x.exe", time: day.AddHours(hours)))];
        using var history = new History([RecordedFile.InMemory("a", Joined(lines))], partitions: 1) { Days = 1 };

        var times = history.Messages(TestContext.Current.CancellationToken).Select(m => m.Message.EnqueuedTime).ToList();

        Assert.Equal([day.AddHours(26), day.AddHours(30), day.AddHours(50)], times);
        Assert.Equal(1, history.Order!.Outside);
    }

    public void Dispose() => _history.Dispose();

    private IEnumerable<(string Name, IReadOnlyList<RecordedFile> Files)> Orders()
    {
        var random = new Random(7);
        byte[][] shuffled = [.. _lines];
        random.Shuffle(shuffled);
        yield return ("shuffled", Write("shuffled", shuffled));
        yield return ("newest first", Write("newest", _lines.AsEnumerable().Reverse()));
        yield return ("gzip", Write("gzip", _lines, gzip: true));
        yield return ("each host", [.. _lines.GroupBy(Host).OrderBy(g => g.Key).Reverse().SelectMany(g => Write($"host-{g.Key}", g))]);
        yield return ("halves", [.. Write("second", _lines.Skip(_lines.Count / 2)), .. Write("first", _lines.Take(_lines.Count / 2))]);
        var (even, odd) = (_lines.Where((_, i) => i % 2 == 0), _lines.Where((_, i) => i % 2 == 1));
        yield return ("alternating", [.. Write("even", even), .. Write("odd", odd)]);
    }

    private static string Host(byte[] line) => new MessageReader(new MessageLimits()).Read(line).OfType<RecordOutcome.Read>()
        .FirstOrDefault()?.Event.Host.Name ?? "none";

    private RecordedFile[] Write(string name, IEnumerable<byte[]> lines, bool gzip = false)
    {
        var bytes = Joined(lines);
        Folder.Write(name, gzip ? Scratch.Gzip(bytes) : bytes);
        return [RecordedFile.OnDisk(Folder[name])];
    }

    private static byte[] Joined(IEnumerable<byte[]> lines) => [.. lines.SelectMany(line => line.Append((byte)'\n'))];

    private async Task<(byte[] Report, byte[] Detections)> RunAsync(IReadOnlyList<RecordedFile> files)
    {
        var options = _history.Options(learningHours: 6, alerts: AlertKind.Both) with { Files = files };
        await using (var output = new FileStream(Folder["detections.jsonl"], FileMode.Create))
        {
            var run = new BacktestRun(options, SimulatedHistory.Snapshot(), _history.Truth, output);
            var report = await run.RunAsync(new HeardProgress(), TestContext.Current.CancellationToken);
            await output.FlushAsync(TestContext.Current.CancellationToken);
            return (SimulatedHistory.Json(report), Folder.Read("detections.jsonl"));
        }
    }
}
