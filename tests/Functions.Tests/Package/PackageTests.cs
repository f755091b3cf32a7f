using System.Text.Json;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.Package;

/// <summary>What is uploaded to Azure, started as the Functions host starts it there.</summary>
public sealed class PackageTests(PublishedPackage package, AppFixture app) : IClassFixture<PublishedPackage>, IClassFixture<AppFixture>
{
    private static readonly string[] FunctionNames = ["EvaluateClusters", "GatherIncidents", "ScoreTelemetry", "SweepBaseline"];

    /// <summary>What the images of the Functions host and the platform set around a worker: each has broken some app.</summary>
    private static readonly Dictionary<string, string> Surroundings = new()
    {
        ["ASPNETCORE_URLS"] = "http://+:80",
        ["ASPNETCORE_CONTENTROOT"] = "/azure-functions-host",
        ["AzureWebJobsScriptRoot"] = "/home/site/wwwroot",
        ["HOME"] = "/home",
        ["WEBSITE_SITE_NAME"] = "func-example",
        ["WEBSITE_INSTANCE_ID"] = "0123456789abcdef",
        ["FUNCTIONS_EXTENSION_VERSION"] = "~4",
    };

    [Fact]
    public void The_package_holds_what_the_host_looks_for_and_nothing_that_is_local()
    {
        Assert.Equal(
            FunctionNames,
            Json("functions.metadata").RootElement.EnumerateArray()
                .Select(f => f.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal));
        Assert.Equal("true", Json("worker.config.json").RootElement.GetProperty("description").GetProperty("workerIndexing").GetString());
        Assert.True(Json("extensions.json").RootElement.TryGetProperty("extensions", out _));
        Assert.Equal("OpenTelemetry", Json("host.json").RootElement.GetProperty("telemetryMode").GetString());
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(package.Folder, "models"), "*.zip"));
        Assert.True(File.Exists(Path.Combine(package.Folder, "models", "prior.json")));
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "local.settings.json", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "appsettings*.json"));
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "function.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_package_scores_without_a_trainer()
    {
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "Microsoft.ML*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(package.Folder, "*lightgbm*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_trigger_is_described_as_the_hosts_extension_reads_it()
    {
        var function = Json("functions.metadata").RootElement.EnumerateArray()
            .Single(f => f.GetProperty("name").GetString() == "ScoreTelemetry");
        var binding = Assert.Single(function.GetProperty("bindings").EnumerateArray());

        Assert.Equal(
            ("eventHubTrigger", "%TelemetryHub%", "EventHubConnection", "%TelemetryConsumerGroup%", "Many", "True"),
            (
                Text(binding, "type"), Text(binding, "eventHubName"), Text(binding, "connection"), Text(binding, "consumerGroup"),
                Text(binding, "cardinality"), Text(binding.GetProperty("properties"), "supportsDeferredBinding")));
        Assert.Equal(
            ("exponentialBackoff", -1, "00:00:02", "00:02:00"),
            (
                Text(function.GetProperty("retry"), "strategy"), function.GetProperty("retry").GetProperty("maxRetryCount").GetInt32(),
                Text(function.GetProperty("retry"), "minimumInterval"), Text(function.GetProperty("retry"), "maximumInterval")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Started_as_in_Azure_it_loads_its_model_and_answers_every_function()
    {
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("package"), options => options with
        {
            AppFolder = package.Folder,
            Settings = Surroundings.Concat(options.Settings).ToDictionary(),
        });
        var batch = new EventBatch(
            new EventPartition(AzuriteFixture.UniqueName("hub"), "3"),
            [Message(1, Record("services.exe", "svchost.exe")), Message(2, Record("winword.exe", "powershell.exe"))]);

        Assert.Equal(FunctionNames, run.Host.Functions.Order(StringComparer.Ordinal));
        var scored = await run.Host.InvokeAsync(batch, TestContext.Current.CancellationToken);
        Assert.True(scored.Succeeded, scored.Failure);
        foreach (var timer in FunctionNames.Where(f => f != "ScoreTelemetry"))
        {
            var called = await run.Host.InvokeTimerAsync(timer, TestContext.Current.CancellationToken);
            Assert.True(called.Succeeded, $"{timer}: {called.Failure}");
        }

        Assert.Equal(0, run.Host.Restarts);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private JsonDocument Json(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package.Folder, file)));
}
