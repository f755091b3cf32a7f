using System.Diagnostics;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Infra;

/// <summary>What azd runs around a deployment: one sentence where it would fail half-way.</summary>
public class AzdScriptsTests
{
    [Theory]
    [InlineData("EXISTING_NAMESPACE=evhns-corp", "azd env set EXISTING_NAMESPACE_RESOURCE_GROUP")]
    [InlineData("RETENTION_HOURS=200", "azd env set RETENTION_HOURS 168")]
    [InlineData("SENTINEL_WORKSPACE_ID=log-soc", "azd env set SENTINEL_WORKSPACE_ID /subscriptions/")]
    public async Task Parameters_that_cannot_be_are_refused_with_the_command_that_mends_them(string setting, string command)
    {
        var (code, _, errors) = await RunAsync("check-parameters.sh", setting);

        Assert.Equal(1, code);
        Assert.Contains(command, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AZURE_ENV_NAME=test")]
    [InlineData("RETENTION_HOURS=200", "EVENTHUBS_TIER=Premium")]
    [InlineData("EXISTING_NAMESPACE=evhns-corp", "EXISTING_NAMESPACE_RESOURCE_GROUP=rg-corp")]
    [InlineData("SENTINEL_WORKSPACE_ID=" + SentinelTests.WorkspaceId)]
    [InlineData("SENTINEL_WORKSPACE_ID=/subscriptions/a/resourcegroups/b/providers/microsoft.operationalinsights/workspaces/c")]
    public async Task Parameters_that_can_be_pass_in_silence(params string[] settings)
    {
        var (code, output, errors) = await RunAsync("check-parameters.sh", settings);

        Assert.Equal((0, "", ""), (code, output, errors));
    }

    [Fact]
    public async Task The_next_steps_name_what_was_deployed()
    {
        var (code, output, _) = await RunAsync(
            "next-steps.sh", "EVENTHUB_NAMESPACE=evhns-x", "TELEMETRY_HUB=in", "DETECTIONS_HUB=out", "STORAGE_ACCOUNT=stdatax");

        Assert.Equal(0, code);
        Assert.Contains("send FILE --namespace evhns-x --hub in", output, StringComparison.Ordinal);
        Assert.Contains("tail --namespace evhns-x --hub out", output, StringComparison.Ordinal);
        Assert.Contains("models list --account stdatax", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9.0.305 [/opt/sdk]\n10.0.401 [/opt/sdk]", 0)]
    [InlineData("8.0.410 [/opt/10.0/sdk]", 1)]
    [InlineData("", 1)]
    public async Task Packaging_without_the_SDK_that_builds_the_app_stops_with_a_sentence(string sdks, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script; its twin for Windows is the same in PowerShell.");
        using var tools = new ToolFolder("dotnet", sdks);

        var (code, output, errors) = await RunShellAsync(["-c", PackageHook("posix")], $"PATH={tools.Path}:/usr/bin:/bin");

        Assert.Equal((expected, ""), (code, output));
        Assert.Equal(
            expected,
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Count(line => line.Contains("https://dot.net", StringComparison.Ordinal)));
    }

    [Fact]
    public void Windows_may_package_and_asks_for_the_same_SDK()
    {
        var sentence = PackageHook("posix").Split('\'')[3];

        Assert.Contains(".NET 10 SDK", sentence, StringComparison.Ordinal);
        Assert.Contains($"WriteLine('{sentence}')", PackageHook("windows"), StringComparison.Ordinal);
    }

    /// <summary>The script that azd runs before it packages the app, from <c>azure.yaml</c>.</summary>
    private static string PackageHook(string system) => string.Join('\n', File.ReadAllText(RepositoryRoot.Combine("azure.yaml"))
        .Split("prepackage:")[1].Split($"{system}:")[1].Split("run: |\n")[1].Split('\n')
        .TakeWhile(line => line.StartsWith("            ", StringComparison.Ordinal))
        .Select(line => line.Trim()));

    private static Task<(int Code, string Output, string Errors)> RunAsync(string script, params string[] settings)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script; its twin for Windows is the same in PowerShell.");
        return RunShellAsync([RepositoryRoot.Combine("infra", "scripts", script)], settings);
    }

    private static async Task<(int Code, string Output, string Errors)> RunShellAsync(string[] arguments, params string[] settings)
    {
        var info = new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Clear();
        foreach (var setting in settings) info.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(info)!;
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
