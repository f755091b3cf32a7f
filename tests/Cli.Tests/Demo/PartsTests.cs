using System.Net;
using System.Net.Sockets;
using Changeling.HostStandIn.Azurite;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Demo;

/// <summary>What the demo needs around it: Node.js, .NET, Azurite, the function app.</summary>
public sealed class PartsTests(SmallDemo demo) : IClassFixture<SmallDemo>, IDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public void A_file_goes_through_and_the_tables_counts_are_those_of_the_file()
    {
        var outcome = demo.Outcome.Succeeded();

        Assert.Contains("1 file of recorded telemetry", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(
            @"Counts in the table: [1-9]\d* launches in [1-9]\d* lineages; equal to a plain count of the input\.", outcome.Output);
        Assert.True(demo.HasWrittenDetections);
    }

    [Fact]
    public void Azurite_is_started_where_none_listens_and_ends_with_the_demo()
    {
        Assert.Contains("a new Azurite", demo.Outcome.Succeeded().Output, StringComparison.Ordinal);
        Assert.False(demo.AzuriteListens);
    }

    [Fact]
    public async Task Without_Node_js_it_says_what_to_install()
    {
        Directory.CreateDirectory(_folder["no-programs"]);

        var outcome = await DemoProcessAsync(new Dictionary<string, string> { ["PATH"] = _folder["no-programs"] }, "--azurite-port", "0");

        outcome.FailedWith("not on the PATH", "install Node.js 20 or later");
    }

    [Fact]
    public async Task Without_dotnet_on_the_path_it_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: needs a symbolic link");
        Directory.CreateDirectory(_folder["node-only"]);
        File.CreateSymbolicLink(_folder["node-only/node"], OnPath("node"));

        var outcome = await DemoProcessAsync(new Dictionary<string, string> { ["PATH"] = _folder["node-only"] }, "--azurite-port", "0");

        outcome.FailedWith("dotnet is not on the PATH");
    }

    [Fact]
    public async Task A_folder_that_is_no_function_app_is_named()
    {
        Directory.CreateDirectory(_folder["app"]);
        (await DemoAsync("--app", "app")).RefusedWith("app is not a function app: host.json is missing");

        _folder.Write("app/host.json", "{}"u8);
        (await DemoAsync("--app", "app")).RefusedWith("app is not a function app: worker.config.json is missing");
    }

    [Fact]
    public async Task A_port_that_something_else_has_is_a_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var outcome = await DemoAsync("--azurite-port", $"{port}");

        outcome.FailedWith($"Port {port} is used by another program", "--azurite-port");
    }

    [Fact]
    public async Task An_Azurite_that_listens_is_used_and_goes_on_listening()
    {
        var options = new AzuriteOptions { ToolsFolder = RepositoryRoot.Combine("tools"), Port = FreePorts.Three() };
        await using var azurite = await AzuriteServer.StartAsync(options, TestContext.Current.CancellationToken);

        var outcome = (await DemoAsync("--azurite-port", $"{options.Port}")).Succeeded();

        Assert.Contains("the Azurite that was running already", outcome.Output, StringComparison.Ordinal);
        Assert.True(await AzuriteServer.ListensAsync(options.Port.Value, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Dispose();

    private Task<Outcome> DemoAsync(params string[] options) =>
        Terminal.RunAsync(_folder, ["demo", "--input", demo.Input, "--output", "out", .. options]);

    /// <summary>A process of its own, for another PATH.</summary>
    private Task<Outcome> DemoProcessAsync(Dictionary<string, string> environment, params string[] options) =>
        CommandProcess.RunAsync(_folder, environment, ["demo", "--input", demo.Input, "--output", "out", .. options]);

    private static string OnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .First(File.Exists);
}
