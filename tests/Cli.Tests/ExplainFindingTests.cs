using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>From a finding to the explanation of its launch.</summary>
public sealed class ExplainFindingTests : IDisposable
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "detection.json");

    private readonly Scratch _folder = new();

    private static string IdOfSample => Json(Sample).GetProperty("finding_info").GetProperty("uid").GetString()!;

    [Fact]
    public async Task The_launch_of_a_finding_gets_the_probability_that_the_app_gave_it()
    {
        var said = Json(Sample).GetProperty("evidences")[0].GetProperty("data").GetProperty("prediction").GetProperty("probability");

        var outcome = await Terminal.RunAsync(_folder, "explain", "--finding", IdOfSample, "--in", Sample, "--json");
        var explained = JsonDocument.Parse(outcome.Succeeded().Output).RootElement;

        Assert.Equal(said.GetDouble(), explained.GetProperty("finding").GetProperty("probability").GetDouble());
        Assert.Equal(said.GetDouble(), explained.GetProperty("prediction").GetProperty("probability").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task A_finding_in_ECS_gives_the_same_launch_as_in_OCSF()
    {
        var golden = RepositoryRoot.Combine("tests", "Core.Tests", "Findings", "Golden");
        var id = Json(Path.Combine(golden, "every-sign.ecs.json")).GetProperty("event").GetProperty("id").GetString()!;

        var events = new List<JsonElement>();
        foreach (var format in new[] { "ecs", "ocsf" })
        {
            var outcome = await Terminal.RunAsync(
                _folder, "explain", "--finding", id, "--in", Path.Combine(golden, $"every-sign.{format}.json"), "--json");
            events.Add(JsonDocument.Parse(outcome.Succeeded().Output).RootElement);
        }

        foreach (var field in new[] { "process.name", "process.path", "process.command_line", "parent.name", "host", "user.name" })
        {
            var values = events.Select(e => e.GetProperty("event").GetProperty(field).GetString()).ToList();
            Assert.Equal(values[1], values[0]);
        }

        Assert.Equal(Probability(events[1]), Probability(events[0]), 1e-6);
    }

    [Fact]
    public async Task Reasons_are_shown_by_theme_and_the_rest_with_all()
    {
        string[] explain = ["explain", "--finding", IdOfSample, "--in", Sample];
        var some = (await Terminal.RunAsync(_folder, explain)).Succeeded().Output;
        var all = (await Terminal.RunAsync(_folder, [.. explain, "--all"])).Succeeded().Output;

        Assert.Contains("what it does (", some, StringComparison.Ordinal);
        Assert.Contains("who starts it (", some, StringComparison.Ordinal);
        Assert.DoesNotContain("smaller ones", some, StringComparison.Ordinal);
        Assert.DoesNotContain("What the model saw", some, StringComparison.Ordinal);
        Assert.Contains("What the model saw", all, StringComparison.Ordinal);
        Assert.True(all.Split('\n').Length > 4 * some.Split('\n').Length);
    }

    [Fact]
    public async Task What_cannot_be_found_or_is_no_launch_is_an_error()
    {
        var incident = RepositoryRoot.Combine("samples", "incident.json");
        var id = Json(incident).GetProperty("metadata").GetProperty("correlation_uid").GetString()!;

        (await Terminal.RunAsync(_folder, "explain", "--finding", "none", "--in", Sample)).FailedWith("there is no finding none in");
        (await Terminal.RunAsync(_folder, "explain", "--finding", id, "--in", incident)).FailedWith("is an incident", "finding_info_list");
        (await Terminal.RunAsync(_folder, "explain")).FailedWith("nothing to explain");
        (await Terminal.RunAsync(_folder, "explain", Sample, "--finding", id)).FailedWith("pass one of them");
    }

    [Theory]
    [InlineData("""{ "class_uid": 2004, "finding_info": { "uid": "x" } }""", "no launch that can be read")]
    [InlineData("""{ "class_uid": 2004, "finding_info": { "uid": "x" }, "evidences": [{ "process": 7, "data": 7 }] }""", "no launch")]
    [InlineData("""{ "class_uid": 2004, "finding_info": { "uid": "x" }, "evidences": [{ "process": { "name": [] } }] }""", "no launch")]
    [InlineData("[", "line 1: not a detection")]
    public async Task A_damaged_finding_is_an_error_in_one_sentence(string line, string message)
    {
        _folder.Write("damaged.jsonl", System.Text.Encoding.UTF8.GetBytes(line));

        (await Terminal.RunAsync(_folder, "explain", "--finding", "x", "--in", "damaged.jsonl")).FailedWith(message);
    }

    [Theory]
    [InlineData("\"probability\":", "\"probability\":\"high\",\"was\":")]
    [InlineData("\"prediction\":{", "\"predicted\":{")]
    public async Task A_finding_without_a_readable_score_is_explained_all_the_same(string known, string damaged)
    {
        var text = await File.ReadAllTextAsync(Sample, TestContext.Current.CancellationToken);
        Assert.Contains(known, text, StringComparison.Ordinal);
        _folder.Write("odd.jsonl", System.Text.Encoding.UTF8.GetBytes(text.Replace(known, damaged, StringComparison.Ordinal)));

        Assert.Contains(
            "w3wp.exe started cmd.exe",
            (await Terminal.RunAsync(_folder, "explain", "--finding", IdOfSample, "--in", "odd.jsonl")).Succeeded().Output,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static double Probability(JsonElement explained) => explained.GetProperty("prediction").GetProperty("probability").GetDouble();

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(file)).RootElement;
}
