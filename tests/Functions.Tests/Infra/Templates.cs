using System.Diagnostics;
using System.Text.Json.Nodes;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Infra;

/// <summary>
/// The templates through the Bicep compiler that <c>tools/Bicep.csproj</c> names: compiled, and expanded into the resources that a
/// deployment with given parameters would make (<c>bicep snapshot</c>), all without Azure. Linux only, as that package is.
/// </summary>
[CollectionDefinition(nameof(Templates))]
public sealed class Templates : IAsyncLifetime, ICollectionFixture<Templates>
{
    /// <summary>Where parameter files are written: <c>using</c> takes paths relative to the file only.</summary>
    private static readonly string Cases = RepositoryRoot.Combine("artifacts", "infra", "cases");

    private static readonly string Main = RepositoryRoot.Combine("infra", "main.bicep");

    private readonly Dictionary<string, Deployment> _expanded = [];
    private string? _bicep;
    private JsonObject? _compiled;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux()) return;

        // Two calls: a project that was never restored knows no folder of packages, and one call evaluates it before it restores.
        var project = RepositoryRoot.Combine("tools", "Bicep.csproj");
        var (restored, restoring, _) = await RunAsync("dotnet", "restore", project);
        Assert.True(restored == 0, restoring);
        var (code, output, _) = await RunAsync("dotnet", "msbuild", project, "-nodeReuse:false", "-getProperty:BicepPath");
        Assert.True(code == 0, output);
        _bicep = output.Trim();
        Directory.CreateDirectory(Cases);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The compiled template.</summary>
    public async Task<JsonObject> CompileAsync()
    {
        if (_compiled is not null) return _compiled;

        var (code, output, errors) = await BicepAsync("build", Main, "--stdout");
        Assert.True(code == 0 && errors.Length == 0, errors);
        return _compiled = JsonNode.Parse(output)!.AsObject();
    }

    /// <summary>What the linter says; nothing, if all is well.</summary>
    public async Task<string> LintAsync()
    {
        var (_, output, errors) = await BicepAsync("lint", Main);
        return output + errors;
    }

    /// <summary>What a deployment with these parameters makes.</summary>
    /// <param name="parameters">Lines of a parameter file besides environment and region: <c>retentionHours = 100</c>.</param>
    internal async Task<Deployment> ExpandAsync(params string[] parameters)
    {
        var key = string.Join('\n', parameters);
        if (_expanded.TryGetValue(key, out var known)) return known;

        var name = $"case-{_expanded.Count}-{Environment.ProcessId}";
        string[] lines = ["using '../../../infra/main.bicep'", "param environmentName = 'test'", "param location = 'westeurope'", .. parameters.Select(p => $"param {p}")];
        var file = Path.Combine(Cases, name + ".bicepparam");
        var snapshot = Path.Combine(Cases, name + ".snapshot.json");
        try
        {
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            var (code, output, errors) = await BicepAsync("snapshot", file, "--mode", "overwrite", "--subscription-id", Deployment.Subscription);
            Assert.True(code == 0, output + errors);
            return _expanded[key] = new Deployment(JsonNode.Parse(await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken))!.AsObject());
        }
        finally
        {
            File.Delete(file);
            File.Delete(snapshot);
        }
    }

    private async Task<(int Code, string Output, string Errors)> BicepAsync(params string[] arguments)
    {
        Assert.SkipWhen(_bicep is null, "The Bicep compiler's package is for linux-x64.");
        return await RunAsync(_bicep!, arguments);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
