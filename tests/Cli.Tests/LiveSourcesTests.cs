using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>What <c>sources --live</c> makes of the blobs of instances, each test in an account of its own.</summary>
public sealed class LiveSourcesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();

    private StorageClients Clients => new(new StorageOptions { ConnectionString = _account });

    [Fact]
    public async Task Running_instances_are_added_up_and_those_that_are_gone_left_out()
    {
        (await RunAsync("--json")).FailedWith("no instance has written its health within 5 minutes");
        await WriteAsync("one", TimeSpan.FromSeconds(20), events: 300);
        await WriteAsync("two", TimeSpan.FromSeconds(70), events: 4_000);
        await WriteAsync("gone", TimeSpan.FromMinutes(9), events: 50_000);

        var outcome = (await RunAsync("--json")).Succeeded();
        var table = (await RunAsync()).Succeeded();

        using var report = JsonDocument.Parse(outcome.Output);
        var format = report.RootElement.GetProperty("formats").GetProperty("winlogbeat");
        Assert.Equal((4_300, 14), (format.GetProperty("events").GetInt64(), format.GetProperty("invalidParents").GetInt64()));
        Assert.Equal(6, report.RootElement.GetProperty("deadLetters").GetProperty("winlogbeat: missing_field").GetInt64());
        Assert.Equal(4, report.RootElement.GetProperty("sequenceGap").GetInt64());
        Assert.Contains("user.sid 50", table.Output, StringComparison.Ordinal);
        Assert.Contains("messages that never arrived", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("""{"instance":null,"started_at":"2026-11-24T10:00:00Z","written_at":"2026-11-24T10:00:00Z"}""")]
    [InlineData("""{"instance":"one","started_at":"2026-11-24T10:00:00Z","written_at":"2026-11-24T10:00:00Z","sources":{"formats":{"ecs":{}}}}""")]
    public async Task A_blob_that_is_no_health_is_named(string content)
    {
        await new HealthBlobs(Clients.Blobs()).WriteAsync("odd", Encoding.UTF8.GetBytes(content), TestContext.Current.CancellationToken);

        (await RunAsync()).FailedWith("blob health/odd.json is not a health report");
    }

    [Fact]
    public async Task Markup_and_control_characters_in_a_blob_are_shown_as_text()
    {
        var now = Text(TimeProvider.System.GetUtcNow());
        var json =
            $$$$"""{"instance":"one","started_at":"{{{{now}}}}","written_at":"{{{{now}}}}","sources":{"formats":{"[red]\u001b[31m":{"events":1,"missing":{"[/]":1},"invalid_parents":0,"skew":{}}},"skipped":{},"dead_letters":{},"sequence_gap":0}}""";
        await new HealthBlobs(Clients.Blobs()).WriteAsync("one", Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken);

        var outcome = (await RunAsync()).Succeeded();

        Assert.Contains("[red]", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Output);
    }

    [Fact]
    public async Task Files_and_the_running_app_are_two_things()
    {
        (await Terminal.RunAsync(_folder, "sources")).FailedWith("pass recorded telemetry, or --live");
        (await Terminal.RunAsync(_folder, "sources", "events.jsonl", "--live")).FailedWith("pass recorded telemetry, or --live");
        (await Terminal.RunAsync(_folder, "sources", "--live")).FailedWith("the storage account is missing");
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<Outcome> RunAsync(params string[] more) =>
        Terminal.RunAsync(_folder, ["sources", "--live", "--connection-string", _account, .. more]);

    /// <summary>As HealthTests of the app finds it in the blob that the app wrote.</summary>
    private Task WriteAsync(string instance, TimeSpan ago, int events)
    {
        var written = TimeProvider.System.GetUtcNow() - ago;
        var json = $$$$"""
            {"instance":"{{{{instance}}}}","version":"1","started_at":"{{{{Text(written - TimeSpan.FromHours(1))}}}}","written_at":"{{{{Text(written)}}}}","partitions":[],
             "sources":{"formats":{"winlogbeat":{"events":{{{{events}}}},"missing":{"user.sid":{{{{events / 2}}}}},"invalid_parents":7,"skew":{"ahead":0,"prompt":{{{{events}}}},"hours":0,"days":0,"beyond":0}}},
                        "skipped":{},"dead_letters":{"winlogbeat: missing_field":3},"sequence_gap":2}}
            """;
        return new HealthBlobs(Clients.Blobs()).WriteAsync(instance, Encoding.UTF8.GetBytes(json), TestContext.Current.CancellationToken);
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
