using System.IO.Compression;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

public sealed class SimulateTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        await SimulateAsync("first.jsonl", "--seed", "5");
        await SimulateAsync("again.jsonl", "--seed", "5");
        await SimulateAsync("other.jsonl", "--seed", "6");

        Assert.NotEmpty(_folder.Read("first.jsonl"));
        Assert.Equal(_folder.Read("first.jsonl"), _folder.Read("again.jsonl"));
        Assert.NotEqual(_folder.Read("first.jsonl"), _folder.Read("other.jsonl"));
    }

    [Fact]
    public async Task The_truth_names_the_attackers_starts_and_each_is_in_the_telemetry()
    {
        var outcome = await SimulateAsync("fleet.jsonl", "--attacks", "1", "--truth", "truth.jsonl");

        var truth = File.ReadLines(_folder["truth.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var telemetry = await File.ReadAllTextAsync(_folder["fleet.jsonl"], TestContext.Current.CancellationToken);
        Assert.NotEmpty(truth);
        Assert.All(truth, step => Assert.StartsWith("T", step.GetProperty("technique").GetString(), StringComparison.Ordinal));
        Assert.All(
            truth,
            step =>
                Assert.Contains(step.GetProperty("identity").GetString()!.Split('|')[^1], telemetry, StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"{truth.Count} of them by attackers", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_gz_gets_the_same_lines_gzipped()
    {
        await SimulateAsync("fleet.jsonl", "--seed", "5", "--truth", "truth.jsonl");
        await SimulateAsync("fleet.jsonl.gz", "--seed", "5", "--truth", "truth.jsonl.gz");

        Assert.Equal(_folder.Read("fleet.jsonl"), Unzipped("fleet.jsonl.gz"));
        Assert.Equal(_folder.Read("truth.jsonl"), Unzipped("truth.jsonl.gz"));
    }

    [Fact]
    public async Task Without_attacks_there_is_no_truth()
    {
        await SimulateAsync("fleet.jsonl", "--attacks", "0", "--truth", "truth.jsonl");

        Assert.Empty(_folder.Read("truth.jsonl"));
    }

    [Theory]
    [InlineData("winlogbeat")]
    [InlineData("defender-xdr")]
    [InlineData("ecs")]
    [InlineData("otel")]
    [InlineData("winevent-xml")]
    [InlineData("mixed")]
    public async Task Every_format_is_scored_without_an_error(string format)
    {
        var simulated = await SimulateAsync("fleet.jsonl", "--format", format);

        var scores = ScoreLine.Of((await Terminal.RunAsync(_folder, "score", "fleet.jsonl")).Succeeded());

        Assert.All(scores, score => Assert.Null(score.Error));
        Assert.StartsWith($"{scores.Count:N0} process starts in ", simulated.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_format_is_answered_with_the_known_ones()
    {
        var outcome = await Terminal.RunAsync(_folder, "simulate", "--format", "syslog", "--output", "x.jsonl");

        outcome.RefusedWith("format", "winlogbeat, defender-xdr, ecs, flat-windows", "winevent-xml, mixed");
        Assert.False(File.Exists(_folder["x.jsonl"]));
    }

    [Fact]
    public async Task A_truth_that_cannot_be_written_is_said_before_the_telemetry_is_made()
    {
        var outcome = await Terminal.RunAsync(_folder, "simulate", "--output", "x.jsonl", "--truth", "nowhere/truth.jsonl");

        outcome.RefusedWith("nowhere/truth.jsonl", "create it first");
        Assert.False(File.Exists(_folder["x.jsonl"]));
    }

    [Fact]
    public async Task Truth_and_telemetry_cannot_go_into_one_file() =>
        (await Terminal.RunAsync(_folder, "simulate", "--output", "x.jsonl", "--truth", "./x.jsonl"))
            .RefusedWith("x.jsonl", "name another file");

    [Fact]
    public async Task Injected_rows_that_are_none_are_named_by_their_line()
    {
        _folder.Write("rows.jsonl", "{\"dataset\":\"a\",\"process_name\":\"a.exe\",\"label\":null}\n{}\n"u8);
        _folder.Write("unlabelled.jsonl", "{\"dataset\":\"a\",\"process_name\":\"a.exe\",\"label\":null}\n"u8);

        (await Terminal.RunAsync(_folder, "simulate", "--output", "x.jsonl", "--inject", "rows.jsonl"))
            .RefusedWith("rows.jsonl, line 2", "process_name is missing");
        (await Terminal.RunAsync(_folder, "simulate", "--output", "x.jsonl", "--inject", "unlabelled.jsonl"))
            .RefusedWith("no row to inject");
        (await Terminal.RunAsync(_folder, "simulate", "--output", "x.jsonl", "--inject", "unlabelled.jsonl", "--inject-fold", "9"))
            .RefusedWith("there is no fold 9");
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Unzipped(string file)
    {
        using var plain = new MemoryStream();
        using var gzip = new GZipStream(File.OpenRead(_folder[file]), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private async Task<Outcome> SimulateAsync(string output, params string[] options) =>
        (await Terminal.RunAsync(_folder, ["simulate", "--hosts", "2", "--hours", "9", "--output", output, .. options])).Succeeded();
}
