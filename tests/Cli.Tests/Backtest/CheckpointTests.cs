using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>A backtest that is ended goes on from its checkpoint to the very report of one that is not.</summary>
public sealed class CheckpointTests(BacktestFleet fleet) : IDisposable
{
    private const int Interrupted = 130;
    private readonly Scratch _folder = new();

    [Theory]
    [InlineData("fleet.jsonl")]
    [InlineData("fleet.jsonl.gz")]
    [InlineData("fleet.utf16.json")]
    public async Task A_run_that_is_killed_goes_on_to_the_same_bytes(string file)
    {
        Write(file);
        (await Terminal.RunAsync(_folder, Backtest(file, "whole"))).Succeeded();

        await KillAsync(Backtest(file, "resumed", "--checkpoint", _folder["run.ckpt"], "--checkpoint-every", "100"), checkpoints: 4);
        (await Terminal.RunAsync(_folder, Backtest(file, "resumed", "--checkpoint", _folder["run.ckpt"], "--checkpoint-every", "100")))
            .Succeeded();

        Assert.Equal(_folder.Read("whole.json"), _folder.Read("resumed.json"));
        Assert.Equal(_folder.Read("whole.jsonl"), _folder.Read("resumed.jsonl"));
        Assert.False(File.Exists(_folder["run.ckpt"]));
        Assert.False(File.Exists(_folder["run.ckpt.partial"]));
    }

    [Fact]
    public async Task Ctrl_C_keeps_the_run_where_it_is()
    {
        Write("fleet.jsonl");
        (await Terminal.RunAsync(_folder, Backtest("fleet.jsonl", "whole"))).Succeeded();
        var command = Backtest("fleet.jsonl", "resumed", "--checkpoint", _folder["run.ckpt"], "--checkpoint-every", "1000000");
        using (var run = CommandProcess.StartInterruptible(CommandProcess.Info(_folder, command)))
        {
            while (!(File.Exists(_folder["resumed.jsonl.partial"]) && new FileInfo(_folder["resumed.jsonl.partial"]).Length > 0))
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await CommandProcess.SignalAsync("INT", run.Id);
            Assert.Equal(Interrupted, (await CommandProcess.FeedAsync(run, [])).ExitCode);
        }

        Assert.True(File.Exists(_folder["run.ckpt"]));
        (await Terminal.RunAsync(_folder, command)).Succeeded();

        Assert.Equal(_folder.Read("whole.json"), _folder.Read("resumed.json"));
        Assert.Equal(_folder.Read("whole.jsonl"), _folder.Read("resumed.jsonl"));
    }

    [Fact]
    public async Task A_checkpoint_of_another_run_or_none_at_all_is_refused_and_left_alone()
    {
        Write("fleet.jsonl");
        string[] usual =
        [
            "backtest", _folder["fleet.jsonl"], "--emit-after", "6", "--output", _folder["found.jsonl"], "--checkpoint",
            _folder["run.ckpt"], "--checkpoint-every", "100",
        ];
        await KillAsync(usual, checkpoints: 1);
        var kept = _folder.Read("run.ckpt");

        (await Terminal.RunAsync(_folder, [.. usual, "--partitions", "5"]))
            .FailedWith("run.ckpt is the checkpoint of another run", "--partitions is 5 and was 4");
        _folder.Write("other.jsonl", _folder.Read("fleet.jsonl"));
        (await Terminal.RunAsync(_folder, [.. usual.Select(a => a == _folder["fleet.jsonl"] ? _folder["other.jsonl"] : a)]))
            .FailedWith($"file 1 is {_folder["other.jsonl"]}", $"and was {_folder["fleet.jsonl"]}");
        File.AppendAllText(_folder["fleet.jsonl"], "\n");
        (await Terminal.RunAsync(_folder, usual)).FailedWith($"file 1 is {_folder["fleet.jsonl"]} of");
        Assert.Equal(kept, _folder.Read("run.ckpt"));

        _folder.Write("run.ckpt", kept.AsSpan(0, kept.Length / 2));
        (await Terminal.RunAsync(_folder, usual)).FailedWith("run.ckpt is not a complete checkpoint", "delete it");
        (await Terminal.RunAsync(_folder, "backtest", "fleet.jsonl", "--checkpoint", "other.jsonl"))
            .FailedWith("other.jsonl is not a complete checkpoint");
        (await Terminal.RunAsync(_folder, "backtest", "fleet.jsonl", "--checkpoint", "fleet.jsonl"))
            .FailedWith("fleet.jsonl would be overwritten");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Whole names, by which a checkpoint knows its run: some runs are processes in the folder, some are not.</summary>
    private string[] Backtest(string file, string name, params string[] more) =>
    [
        "backtest", _folder[file], "--truth", _folder["truth.jsonl"], "--emit-after", "6", "--budget", "12/day",
        "--json", _folder[$"{name}.json"], "--output", _folder[$"{name}.jsonl"], .. more,
    ];

    /// <summary>One large array, an array a line, or lines in gzip: whatever a place must say.</summary>
    private void Write(string file)
    {
        var bytes = fleet.Folder.Read("fleet.jsonl");
        _folder.Write("truth.jsonl", fleet.Folder.Read("truth.jsonl"));
        _folder.Write(file, Path.GetExtension(file) switch
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

    /// <summary>Kills a command once it has written so many checkpoints.</summary>
    private async Task KillAsync(string[] command, int checkpoints)
    {
        using var run = CommandProcess.Start(CommandProcess.Info(_folder, command));
        var (seen, last) = (0, default(DateTime?));
        while (seen < checkpoints && !run.HasExited)
        {
            var now = File.Exists(_folder["run.ckpt"]) ? File.GetLastWriteTimeUtc(_folder["run.ckpt"]) : last;
            if (now != last) (seen, last) = (seen + 1, now);
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }

        run.Kill();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(_folder["run.ckpt"]), "the run ended before it was killed");
    }
}
