using System.Diagnostics;
using Changeling.Backtest;
using Changeling.Backtest.Recordings;
using Changeling.Benchmarking.Measuring;
using Changeling.Benchmarking.Samples;
using Changeling.Deciding;
using Changeling.RecordedFiles;
using Changeling.Scoring;

namespace Changeling.Benchmarking.Stages;

/// <summary>A backtest of the sample as one file in memory, on all cores, with everything that belongs to it.</summary>
internal sealed class BacktestStage(SampleEvents sample, BenchOptions options) : Stage("backtest")
{
    private const int Partitions = 4;

    private readonly RecordedFile _file = RecordedFile.InMemory("sample.jsonl", Lines(sample));

    public override bool IsThreadTime => false;

    public override async Task<IReadOnlyList<Repetition>> RunAsync(CancellationToken cancellationToken)
    {
        var snapshot = new PipelineSnapshot(new MlModel(options.Model), options.Prior, options.Rules);
        GC.Collect();
        using var heap = new HeapPeak();
        var bytes = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var from = Stopwatch.GetTimestamp();
        var report = await new BacktestRun(
            new BacktestOptions { Files = [_file], EmitAfter = TimeSpan.FromHours(1), Partitions = Partitions }, snapshot)
            .RunAsync(new NoProgress(), cancellationToken);
        var time = Stopwatch.GetElapsedTime(from);
        var launches = report.History.Launches;
        return
        [
            new(launches, time, GC.GetTotalAllocatedBytes() - bytes)
            {
                More = new Dictionary<string, double>
                {
                    ["cpu_microseconds_per_event"] = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / launches,
                    ["peak_heap_bytes"] = heap.Bytes,
                },
            },
        ];
    }

    private static byte[] Lines(SampleEvents sample)
    {
        using var lines = new MemoryStream();
        foreach (var message in sample.Messages)
        {
            lines.Write(message.Body.Span);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private sealed class NoProgress : IProgress<HistoryProgress>
    {
        public void Report(HistoryProgress value)
        {
        }
    }
}
