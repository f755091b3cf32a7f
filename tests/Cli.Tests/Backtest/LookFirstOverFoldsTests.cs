using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Backtest;

/// <summary>
/// Recorded attacks, attacks of the wild and look-alikes of a fold in a simulated fleet: nothing that people are to judge first is a step
/// of an attack. In a test run one fold is tried; <c>--explicit on</c> tries them all.
/// </summary>
public sealed class LookFirstOverFoldsTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Theory]
    [InlineData(0, Explicit = true)]
    [InlineData(1)]
    [InlineData(2, Explicit = true)]
    [InlineData(3, Explicit = true)]
    [InlineData(4, Explicit = true)]
    public async Task An_attack_of_the_history_is_never_among_what_to_look_at_first(int fold)
    {
        var number = fold.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await Terminal.RunAsync(
            _folder, "simulate", "--hosts", "30", "--hours", "60", "--seed", number, "--attacks", "0", "--rate", "4",
            "--inject-fold", number, "--output", "fleet.jsonl", "--truth", "truth.jsonl", "--inject", Corpus.File("recorded.jsonl.gz"),
            Corpus.File("wild_attacks.jsonl.gz"), Corpus.File("benign_synthetic.jsonl.gz"))).Succeeded();

        (await Terminal.RunAsync(
            _folder, "backtest", "fleet.jsonl", "--truth", "truth.jsonl", "--emit-after", "0", "--alerts", "findings", "--json",
            "report.json")).Succeeded();

        var report = System.Text.Json.JsonDocument.Parse(_folder.Read("report.json")).RootElement;
        Assert.NotEqual(0, report.GetProperty("attacks_found").GetInt32());
        Assert.All(report.GetProperty("look_first").EnumerateArray(), row => Assert.Equal(0, row.GetProperty("true_findings").GetInt32()));
    }

    public void Dispose() => _folder.Dispose();
}
