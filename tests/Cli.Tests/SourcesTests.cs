using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>What <c>sources</c> says of recorded telemetry.</summary>
public sealed class SourcesTests : IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task Starts_and_what_they_lack_are_counted_by_format_and_the_rest_by_kind_and_reason()
    {
        _folder.Write("events.jsonl", [.. Telemetry.Record("services.exe", "svchost.exe"), .. "\nrubbish\n{\"class_uid\":4001}\n"u8]);

        var outcome = (await Terminal.RunAsync(_folder, "sources", "events.jsonl", "--json")).Succeeded();

        using var report = JsonDocument.Parse(outcome.Output);
        Assert.Equal(1, report.RootElement.GetProperty("formats").EnumerateObject().Single().Value.GetProperty("events").GetInt64());
        Assert.Equal(1, report.RootElement.GetProperty("skipped").GetProperty("ocsf: class 4001").GetInt64());
        Assert.Equal(1, report.RootElement.GetProperty("deadLetters").GetProperty("not_json").GetInt64());
    }

    [Fact]
    public async Task A_table_names_the_fields_that_are_missing()
    {
        _folder.Write("events.json", Reading("winlogbeat-6"));

        var outcome = (await Terminal.RunAsync(_folder, "sources", "events.json")).Succeeded();

        Assert.Contains("winlogbeat-6", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("parent.command_line 100", outcome.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Reading(string sender) => System.Text.Encoding.UTF8.GetBytes(GoldenLaunch.Messages[sender]);
}
