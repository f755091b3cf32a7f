using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Evaluating;

/// <summary><c>evaluate rarity</c> on a small corpus of our own making, and beside it the verb that it stands under.</summary>
public sealed class RarityTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task What_a_parent_never_started_ranks_above_its_habit_and_the_same_input_gives_the_same_report()
    {
        WriteCorpus();

        (await Rank("one.json")).Succeeded();
        (await Rank("two.json")).Succeeded();

        Assert.Equal(_folder.Read("one.json"), _folder.Read("two.json"));
        var baselines = JsonDocument.Parse(_folder.Read("one.json")).RootElement.GetProperty("baselines").EnumerateArray().ToList();
        Assert.Equal(2, baselines.Count);
        foreach (var baseline in baselines)
        {
            var all = baseline.GetProperty("groups")[0];
            Assert.Equal(6, all.GetProperty("measures").GetArrayLength());
            Assert.All(
                all.GetProperty("measures").EnumerateArray(),
                m => Assert.InRange(m.GetProperty("alone").GetProperty("roc_auc").GetDouble(), 0.6, 1));
        }

        var recorded = baselines[0].GetProperty("groups")[0];
        Assert.Equal(
            (1, 2, 6),
            (
                recorded.GetProperty("chains").GetInt32(), recorded.GetProperty("steps").GetInt32(),
                recorded.GetProperty("background").GetInt32()));
        Assert.Equal(1, recorded.GetProperty("measures")[0].GetProperty("alone").GetProperty("roc_auc").GetDouble());
        Assert.Equal(6, baselines[1].GetProperty("groups")[0].GetProperty("steps").GetInt32());
        Assert.InRange(baselines[1].GetProperty("scale").GetProperty("share_at75").GetDouble(), 0, 0.01);
    }

    [Fact]
    public async Task The_verb_above_it_still_measures_a_model()
    {
        WriteCorpus();

        var outcome = (await Terminal.RunAsync(_folder, "evaluate", "--data", "recorded.jsonl.gz", "--resamples", "0")).Succeeded();

        Assert.Contains("all rows", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_ranked_is_said_in_one_sentence()
    {
        _folder.Write("recorded.jsonl.gz", Scratch.Gzip(Encoding.UTF8.GetBytes(Row("home", "one", 0, "services.exe", "svchost.exe", 0))));

        (await Terminal.RunAsync(_folder, "evaluate", "rarity", "--data", ".", "--alone", "--hosts", "0")).FailedWith("no recorded attack");
        (await Terminal.RunAsync(_folder, "evaluate", "rarity", "--data", ".", "--model", "x.zip")).RefusedWith("--model needs --fold");
        (await Terminal.RunAsync(_folder, "evaluate", "rarity", "--data", ".", "--fold", "9")).RefusedWith("there is no fold 9");
        (await Terminal.RunAsync(_folder, "evaluate", "rarity", "--data", ".", "--hosts", "-3")).RefusedWith("--hosts must be between 0");
    }

    public void Dispose() => _folder.Dispose();

    private Task<Outcome> Rank(string report) =>
        Terminal.RunAsync(_folder, "evaluate", "rarity", "--data", ".", "--hosts", "3", "--alone", "--json", report);

    /// <summary>One repository of background, known beforehand; another with an attack among the same habits.</summary>
    private void WriteCorpus()
    {
        string[] rows =
        [
            .. Enumerable.Range(0, 40).Select(
                i => Row("elsewhere", "lab", 0, "services.exe", i % 2 == 0 ? "svchost.exe" : "sppsvc.exe", i)),
            .. Enumerable.Range(0, 20).Select(i => Row("elsewhere", "lab", 0, "explorer.exe", "notepad.exe", i)),
            .. Enumerable.Range(0, 6).Select(i => Row("here", "attack", 0, "services.exe", "svchost.exe", i)),
            Row("here", "attack", 1, "services.exe", "mshta.exe", 7),
            Row("here", "attack", 1, "notepad.exe", "powershell.exe", 8),
        ];
        _folder.Write("recorded.jsonl.gz", Scratch.Gzip(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
    }

    private static string Row(
        string repository, string dataset, int label, string parent, string child, int minute) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["id"] = $"{dataset}-{child}-{minute}",
            ["source"] = $"{repository}:{dataset}",
            ["dataset"] = dataset,
            ["format"] = "sysmon-1",
            ["time"] = $"2020-01-01T10:{minute:00}:00Z",
            ["label"] = label,
            ["tuple_id"] = $"{parent}-{child}-{minute}",
            ["process_name"] = child,
            ["command_line"] = child,
            ["parent_name"] = parent,
        });
}
