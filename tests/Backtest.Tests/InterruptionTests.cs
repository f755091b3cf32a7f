using System.Text;
using System.Text.Json;
using Changeling.Backtest.Checkpoints;
using Changeling.Backtest.Recordings;
using Changeling.Findings;
using Changeling.RecordedFiles;
using Changeling.Rules;
using Changeling.Simulation;
using Changeling.TestSupport;

namespace Changeling.Backtest.Tests;

/// <summary>A run that is cancelled keeps where it stands, and one that goes on from there comes to the same bytes.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly SimulatedHistory _history = new(
        new SimulationOptions { Hosts = 5, Hours = 14, Attacks = 16, Seed = 2, Format = SimulationOptions.MixedFormats });

    private Scratch Folder => _history.Folder;

    [Theory]
    [InlineData("fleet.jsonl", 0.2, AlertKind.Findings)]
    [InlineData("fleet.jsonl", 0.7, AlertKind.Incidents)]
    [InlineData("fleet.jsonl", 0.85, AlertKind.Incidents)]
    [InlineData("fleet.jsonl.gz", 0.8, AlertKind.Both)]
    [InlineData("fleet.utf16.json", 0.75, AlertKind.Incidents)]
    public async Task A_cancelled_run_goes_on_to_the_same_report_and_detections(string file, double share, AlertKind alerts)
    {
        Write(file);
        var options = _history.Options(learningHours: 6, alerts: alerts) with { Files = [RecordedFile.OnDisk(Folder[file])] };
        var whole = await RunAsync(options, "whole.jsonl", checkpoint: null);

        using var interruption = new CancellationTokenSource();
        var hear = new HeardProgress(progress =>
        {
            if (progress.Step == HistoryStep.Running && progress.Share >= share) interruption.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(options, "resumed.jsonl", Checkpoint(options), hear, interruption.Token));
        Assert.True(File.Exists(Folder["run.ckpt"]));
        if (alerts != AlertKind.Findings) AssertIncidentsOnBothSides(Checkpoint(options));
        var resumed = await RunAsync(options, "resumed.jsonl", Checkpoint(options));

        Assert.Equal(whole, resumed);
        Assert.Equal(Folder.Read("whole.jsonl"), Folder.Read("resumed.jsonl"));
    }

    public void Dispose() => _history.Dispose();

    /// <summary>
    /// The checkpoint holds incidents that are watched, and incidents are created and changed before it and after it: one of them is sent
    /// on both sides.
    /// </summary>
    private void AssertIncidentsOnBothSides(CheckpointFile checkpoint)
    {
        using var earlier = checkpoint.OpenEarlier();
        var sent = Folder.Read("whole.jsonl");
        var (before, after) = (Incidents(sent[..(int)earlier!.OutputLength]), Incidents(sent[(int)earlier.OutputLength..]));
        Assert.Contains(earlier.State.Incidents, i => i.Report is null);
        Assert.Contains(earlier.State.Incidents, i => i.Report is not null);
        Assert.NotEmpty(after.Except(before));
        Assert.NotEmpty(after.Intersect(before));
    }

    private static HashSet<string> Incidents(byte[] lines) =>
    [
        .. Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("metadata"))
            .Select(metadata => metadata.TryGetProperty("correlation_uid", out var id) ? id.GetString() : null).OfType<string>(),
    ];

    private CheckpointFile Checkpoint(BacktestOptions options)
    {
        var snapshot = SimulatedHistory.Snapshot();
        return new CheckpointFile(
            Folder["run.ckpt"], RunInputs.Of(options, snapshot.Model.Identity, snapshot.Prior, RuleSet.Shipped), every: 1_000_000);
    }

    private async Task<byte[]> RunAsync(
        BacktestOptions options, string detections, CheckpointFile? checkpoint, IProgress<HistoryProgress>? progress =
            null, CancellationToken? cancellationToken = null)
    {
        using var earlier = checkpoint?.OpenEarlier();
        await using var output = new FileStream(Folder[detections], FileMode.OpenOrCreate);
        output.SetLength(earlier?.OutputLength ?? 0);
        output.Seek(0, SeekOrigin.End);
        var run = new BacktestRun(options, SimulatedHistory.Snapshot(), _history.Truth, output) { Checkpoint = checkpoint };
        if (earlier is not null) await run.TakeOverAsync(earlier, TestContext.Current.CancellationToken);
        earlier?.Dispose();
        return SimulatedHistory.Json(
            await run.RunAsync(progress ?? new HeardProgress(), cancellationToken ?? TestContext.Current.CancellationToken));
    }

    /// <summary>An array a line, one large array, or lines in gzip: whatever a place must say.</summary>
    private void Write(string file)
    {
        var bytes = Folder.Read(SimulatedHistory.File);
        Folder.Write(file, Path.GetExtension(file) switch
        {
            ".gz" => Scratch.Gzip(bytes),
            ".json" =>
            [
                .. Encoding.Unicode.Preamble,
                .. Encoding.Unicode.GetBytes(
                    $"[{Encoding.UTF8.GetString(bytes).TrimEnd('\n').Replace("\n", ",\n", StringComparison.Ordinal)}]"),
            ],
            _ => bytes,
        });
    }
}
