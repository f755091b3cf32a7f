using System.Text;
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
        Assert.Equal(1, report.RootElement.GetProperty("deadLetters").GetProperty("unknown: not_json").GetInt64());
    }

    [Fact]
    public async Task A_table_names_the_fields_that_are_missing()
    {
        _folder.Write("events.json", Reading("winlogbeat-6"));

        var outcome = (await Terminal.RunAsync(_folder, "sources", "events.json")).Succeeded();

        Assert.Contains("winlogbeat-6", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("parent.command_line 100", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}\n{0}")]
    [InlineData("{0}{0}")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Events>\n{0}\n{0}\n</Events>\n")]
    [InlineData("<Events xmlns=\"urn:any\">{0}\n</Events>\n{0}")]
    public async Task Event_XML_may_stand_over_many_lines_and_inside_one_element(string file)
    {
        var launch = GoldenLaunch.Messages["winevent-xml"].Replace("><", ">\r\n  <", StringComparison.Ordinal);
        _folder.Write("events.xml", Encoding.UTF8.GetBytes(file.Replace("{0}", launch, StringComparison.Ordinal)));

        var report = await ReportAsync("events.xml");

        Assert.Equal(2, report.GetProperty("formats").GetProperty("winevent-xml").GetProperty("events").GetInt64());
        Assert.Empty(report.GetProperty("deadLetters").EnumerateObject());
    }

    [Theory]
    [InlineData("winevent-xml", false)]
    [InlineData("winlogbeat", false)]
    [InlineData("winlogbeat", true)]
    public async Task A_file_in_UTF_16_as_PowerShell_writes_it_is_read(string sender, bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        _folder.Write(
            "events.txt",
            [.. encoding.GetPreamble(), .. encoding.GetBytes($"{GoldenLaunch.Messages[sender]}\r\n{GoldenLaunch.Messages[sender]}\r\n")]);

        var report = await ReportAsync("events.txt");

        Assert.Equal(2, report.GetProperty("formats").GetProperty(sender).GetProperty("events").GetInt64());
    }

    [Fact]
    public async Task An_event_that_never_ends_and_a_record_that_cannot_be_read_are_dead_letters_of_their_format()
    {
        var launch = GoldenLaunch.Messages["winevent-xml"];
        _folder.Write(
            "events.txt",
            Encoding.UTF8.GetBytes(
                $"{{\"EventID\":4688,\"Channel\":\"Security\"}}\n{launch}\n{launch.Replace("Computer>", "Machine>", StringComparison.Ordinal)}\n{launch[..^9]}"));

        var outcome = await Terminal.RunAsync(_folder, "sources", "events.txt", "--json");
        var report = JsonDocument.Parse(outcome.Output).RootElement;

        outcome.FailedWith("records could not be read, for example");
        Assert.Equal(1, report.GetProperty("formats").GetProperty("winevent-xml").GetProperty("events").GetInt64());
        Assert.Equal(
            ["flat-windows", "unknown", "winevent-xml"],
            report.GetProperty("deadLetters").EnumerateObject().Select(d => d.Name.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<JsonElement> ReportAsync(string file) =>
        JsonDocument.Parse((await Terminal.RunAsync(_folder, "sources", file, "--json")).Succeeded().Output).RootElement;

    public void Dispose() => _folder.Dispose();

    private static byte[] Reading(string sender) => Encoding.UTF8.GetBytes(GoldenLaunch.Messages[sender]);
}
