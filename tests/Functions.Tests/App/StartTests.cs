using Changeling.Functions.Tests.StandIn;
using Changeling.HostStandIn;
using Changeling.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Changeling.Functions.Tests.App;

/// <summary>The real app as a process: how it starts, and how it refuses to.</summary>
public class StartTests
{
    [Fact]
    public async Task The_surroundings_of_the_hosts_images_do_not_matter()
    {
        await using var host = await FunctionsHost.StartAsync(Options(new()
        {
            ["ASPNETCORE_URLS"] = "http://+:80",
            ["ASPNETCORE_CONTENTROOT"] = "/no-such-folder",
            ["Storage:ConnectionString"] = "UseDevelopmentStorage=true",
        }), Token);

        using var client = new HttpClient();
        var body = await client.GetStringAsync(host.Address, Token);

        Assert.Contains("\"status\":\"listening\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_store_is_away_a_batch_fails_and_the_app_lives()
    {
        // Nothing listens on port 1, so the model is never loaded.
        await using var host = await FunctionsHost.StartAsync(Options(new()
        {
            ["Storage:ConnectionString"] = "AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a;",
        }), Token);

        var result = await host.InvokeAsync(Batches.Of("0", 2), Token);

        Assert.False(result.Succeeded);
        Assert.NotNull(host.ProcessId);
    }

    [Theory]
    [InlineData("Pipeline:ConcurrentBatches", "0")]
    [InlineData("Pipeline:ConcurrentBatches", "many")]
    [InlineData("Telemetry:Format", "sysmon")]
    [InlineData("Pipeline:CachedRows", "5")]
    [InlineData("Detections:EmitAfter", "-1:00:00")]
    [InlineData("Detections:Format", "leef")]
    [InlineData("Detections:Format", "7")]
    [InlineData("Baseline:Name", "Not Allowed")]
    [InlineData("Baseline:LaunchesPerHostAndDay", "-1")]
    [InlineData("Retention:Detections", "00:30:00")]
    [InlineData("Retention:Hub", "91.00:00:00")]
    [InlineData("Retention:RequestsPerRun", "0")]
    [InlineData("Model:PollInterval", "00:00:00")]
    [InlineData("Fleet:RefreshInterval", "02:00:00")]
    [InlineData("Storage:AccountName", "Not-An-Account")]
    [InlineData("Storage:ConnectionString", "DefaultEndpointsProtocol=https;AccountName=real;AccountKey=YQ==;EndpointSuffix=core.windows.net")]
    public async Task A_bad_setting_ends_the_app_with_1_and_is_named(string setting, string value)
    {
        var settings = new Dictionary<string, string> { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true", [setting] = value };

        var (code, lines) = await RunToItsEndAsync(settings);

        Assert.Equal(1, code);
        Assert.Contains(setting, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, DetectionFormat.Ocsf)]
    [InlineData("ocsf", DetectionFormat.Ocsf)]
    [InlineData("ecs", DetectionFormat.Ecs)]
    public async Task The_format_of_detections_is_what_the_setting_says(string? value, DetectionFormat format)
    {
        string[] setting = value is null ? [] : [$"--Detections:Format={value}"];

        await using var app = Program.Build(["--FUNCTIONS_CUSTOMHANDLER_PORT=0", "--Storage:ConnectionString=UseDevelopmentStorage=true", .. setting]);

        Assert.Equal(format, app.Services.GetRequiredService<PipelineSettings>().DetectionFormat);
    }

    [Fact]
    public async Task An_app_that_dies_at_every_start_ends_the_host_after_the_third_time_with_its_last_words()
    {
        var options = Options(new() { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true", ["Pipeline:CachedRows"] = "1" });

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => FunctionsHost.StartAsync(options, Token));

        Assert.Contains("died 3 times", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Pipeline:CachedRows", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_app_is_started_again_for_the_next_batch()
    {
        await using var host = await FunctionsHost.StartAsync(
            Options(new() { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true" }) with { CallerKills = true }, Token);
        var first = host.ProcessId;

        host.Kill();
        await host.InvokeAsync(Batches.Of("0", 0), Token);

        Assert.NotNull(host.ProcessId);
        Assert.NotEqual(first, host.ProcessId);
        Assert.Equal(1, host.Restarts);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static HostOptions Options(Dictionary<string, string> settings) => new() { AppFolder = BuiltApp.Folder, Settings = settings };

    private static async Task<(int Code, List<string> Lines)> RunToItsEndAsync(Dictionary<string, string> settings)
    {
        var info = new System.Diagnostics.ProcessStartInfo("dotnet", [Path.Combine(BuiltApp.Folder, "Changeling.Functions.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = "0";
        foreach (var (name, value) in settings) info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = System.Diagnostics.Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }

        return (process.ExitCode, [.. $"{await output}\n{await error}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }
}
