using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Benchmarking;

public sealed class BenchTests : IDisposable
{
    private static readonly string[] Figures = ["events_per_second", "microseconds_per_event"];

    private readonly Scratch _folder = new();

    [Fact]
    public async Task Each_stage_in_this_process_has_its_figures_and_a_later_one_takes_no_less_than_reading()
    {
        string[] stages = ["floor", "read", "features", "model", "pipeline", "pipeline_distinct", "naive", "backtest"];

        var outcome = await BenchAsync("--events", "300", "--repetitions", "2", "--json", "--only", string.Join(',', stages));

        var json = Only(outcome);
        Assert.Equal(stages, json.EnumerateObject().Select(p => p.Name));
        foreach (var stage in stages) AssertFigures(json.GetProperty(stage), allocates: true);
        Assert.True(Microseconds(json, "read") > Microseconds(json, "floor"));
        Assert.True(Microseconds(json, "pipeline") > Microseconds(json, "read"));
        Assert.True(json.GetProperty("read").GetProperty("allocated_bytes_per_event").GetDouble() > 0);
        Assert.InRange(Events(json, "pipeline"), 300, 330);
        Assert.Equal(Events(json, "floor"), Events(json, "naive"));
    }

    [Fact]
    public async Task The_app_and_the_store_are_measured_by_number_of_partitions_with_their_requests()
    {
        var outcome = await BenchAsync("--events", "200", "--repetitions", "1", "--json", "--only", "app", "store_floor");

        var json = Only(outcome);
        foreach (var partitions in new[] { "4", "16", "32" })
        {
            var app = json.GetProperty("app").GetProperty("partitions").GetProperty(partitions);
            AssertFigures(app, allocates: false);
            AssertFigures(json.GetProperty("store_floor").GetProperty("partitions").GetProperty(partitions), allocates: true);
            Assert.True(app.GetProperty("transactions_per_1000_events").GetDouble() > 0);
            Assert.True(
                app.GetProperty("requests_per_1000_events").GetDouble() >= app.GetProperty("transactions_per_1000_events").GetDouble());
            Assert.True(app.GetProperty("peak_memory_bytes").GetDouble() > 50_000_000);
            Assert.True(app.GetProperty("start_process_seconds").GetDouble() > 0);
            Assert.True(app.GetProperty("batch_p99_milliseconds").GetDouble() >= app.GetProperty("batch_p50_milliseconds").GetDouble());
        }
    }

    [Fact]
    public async Task Without_json_there_is_a_table_and_progress_stays_out_of_it()
    {
        var outcome = await BenchAsync("--events", "100", "--repetitions", "1", "--only", "floor,read");

        Assert.Contains("events/s", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("read", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("round", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("round 1 of 1: read", outcome.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--only", "reading", "'reading' is not a stage; pass some of floor, read")]
    [InlineData("--events", "99", "--events must be between 100 and 1,000,000, not 99")]
    [InlineData("--repetitions", "0", "--repetitions must be between 1 and 100, not 0")]
    public async Task A_wrong_value_is_refused_with_what_is_possible(string option, string value, string sentence)
    {
        var outcome = await Terminal.RunAsync(_folder, "bench", option, value);

        outcome.RefusedWith(sentence);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Outcome> BenchAsync(params string[] arguments) =>
        (await Terminal.RunAsync(_folder, ["bench", .. arguments])).Succeeded();

    private static JsonElement Only(Outcome outcome) => JsonDocument.Parse(Assert.Single(outcome.Output.TrimEnd().Split('\n'))).RootElement;

    private static int Events(JsonElement json, string stage) => json.GetProperty(stage).GetProperty("events").GetInt32();

    private static double Microseconds(JsonElement json, string stage) =>
        json.GetProperty(stage).GetProperty("microseconds_per_event").GetDouble();

    private static void AssertFigures(JsonElement stage, bool allocates)
    {
        foreach (var figure in Figures)
        {
            var (median, range) = (stage.GetProperty(figure).GetDouble(), stage.GetProperty($"{figure}_range"));
            Assert.True(median > 0);
            Assert.InRange(median, range[0].GetDouble(), range[1].GetDouble());
        }

        Assert.Equal(
            allocates ? JsonValueKind.Number : JsonValueKind.Null, stage.GetProperty("allocated_bytes_per_event").ValueKind);
    }
}
