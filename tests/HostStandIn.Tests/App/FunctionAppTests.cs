using Changeling.HostStandIn.App;
using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests.App;

/// <summary>What the host reads from an app's folder.</summary>
public sealed class FunctionAppTests
{
    [Theory]
    [InlineData("host.json")]
    [InlineData("worker.config.json")]
    [InlineData("functions.metadata")]
    [InlineData("Changeling.OddWorker.dll")]
    public void A_folder_that_lacks_one_of_its_files_is_a_sentence(string name)
    {
        using var folder = new AppFolder();
        File.Delete(folder.Of(name));

        var failure = Assert.Throws<HostFailedException>(() => FunctionsHost.RequireApp(folder.Root));

        Assert.Equal($"{folder.Root} is not a function app: {name} is missing. Build or publish the function app first.", failure.Message);
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_a_sentence()
    {
        using var folder = new AppFolder();
        File.WriteAllText(folder.Of("host.json"), "{");

        var failure = Assert.Throws<HostFailedException>(() => FunctionsHost.RequireApp(folder.Root));

        Assert.StartsWith($"{folder.Of("host.json")} cannot be read: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_of_another_language_is_refused()
    {
        using var folder = new AppFolder();
        folder.Change("worker.config.json", file => file["description"]!["language"] = "node");

        var failure = Assert.Throws<HostFailedException>(() => FunctionsHost.RequireApp(folder.Root));

        Assert.Contains("It is for node, not for dotnet-isolated.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minEventBatchSize")]
    [InlineData("batchCheckpointFrequency")]
    public void A_setting_that_the_stand_in_does_not_play_is_refused(string name)
    {
        using var folder = new AppFolder();
        folder.Change("host.json", file => file["extensions"]!["eventHubs"]![name] = 100);

        var failure = Assert.Throws<HostFailedException>(() => FunctionsHost.RequireApp(folder.Root));

        Assert.StartsWith($"host.json: {name} is 100; the stand-in ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_settings_of_its_own_the_host_uses_the_extensions_defaults()
    {
        using var folder = new AppFolder();
        File.WriteAllText(folder.Of("host.json"), """{ "version": "2.0" }""");

        var host = HostJson.Read(folder.Root);

        Assert.Equal(TimeSpan.FromMinutes(30), host.FunctionTimeout);
        Assert.Equal(
            (100, 300, (long?)null), (host.EventHubs.MaxEventBatchSize, host.EventHubs.PrefetchCount, host.EventHubs.PrefetchSizeInBytes));
    }

    [Fact]
    public void The_clients_retry_options_are_those_of_the_app()
    {
        using var folder = new AppFolder();
        File.WriteAllText(
            folder.Of("host.json"),
            """
            { "functionTimeout": "-1", "extensions": { "eventHubs": {
              "clientRetryOptions": { "mode": "fixed", "tryTimeout": "00:00:07", "delay": "00:00:00.50", "maximumDelay": "00:00:09", "maximumRetries": 5 } } } }
            """);

        var host = HostJson.Read(folder.Root);

        var retry = host.EventHubs.ClientRetry;
        Assert.Equal(Timeout.InfiniteTimeSpan, host.FunctionTimeout);
        Assert.Equal(
            ("Fixed", 7, 0.5, 9, 5),
            (
                retry.Mode.ToString(), retry.TryTimeout.TotalSeconds, retry.Delay.TotalSeconds, retry.MaximumDelay.TotalSeconds,
                retry.MaximumRetries));
    }

    [Fact]
    public void A_built_worker_is_started_by_dotnet_and_told_where_the_host_is()
    {
        var info = WorkerStart.Info(
            FunctionApp.Read(OddApp.Folder),
            new Dictionary<string, string> { ["A:B"] = "c" },
            new Uri("http://127.0.0.1:7071"),
            "worker-1");

        Assert.Equal("dotnet", info.FileName);
        Assert.Equal(Path.Combine(OddApp.Folder, "Changeling.OddWorker.dll"), info.ArgumentList[0]);
        var given = string.Join(' ', info.ArgumentList);
        Assert.Contains(
            "--functions-uri http://127.0.0.1:7071/ --functions-worker-id worker-1 --functions-request-id ",
            given,
            StringComparison.Ordinal);
        Assert.Equal("c", info.Environment["A__B"]);
        Assert.Equal("dotnet-isolated", info.Environment["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal(OddApp.Folder, info.Environment["FUNCTIONS_APPLICATION_DIRECTORY"]);
    }

    [Fact]
    public void A_self_contained_worker_is_started_by_its_own_executable()
    {
        using var folder = new AppFolder();
        folder.Change("worker.config.json", file => file["description"]!["defaultExecutablePath"] = "{WorkerRoot}Changeling.OddWorker");
        File.WriteAllText(folder.Of("Changeling.OddWorker"), "");

        Assert.Equal(folder.Of("Changeling.OddWorker"), FunctionApp.Read(folder.Root).Worker.Executable);
    }
}
