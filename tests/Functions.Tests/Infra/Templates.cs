using System.Diagnostics;
using System.Text.Json.Nodes;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Infra;

/// <summary>
/// The templates through the Bicep compiler that <c>tools/Bicep.csproj</c> names: compiled, and expanded into the resources that a
/// deployment with given parameters would make (a snapshot), each set of parameters once, all without Azure. Linux only, as that package
/// is.
/// </summary>
[CollectionDefinition(nameof(Templates))]
public sealed class Templates : IAsyncLifetime, ICollectionFixture<Templates>
{
    /// <summary>Where parameter files are written: <c>using</c> takes paths relative to the file only.</summary>
    private static readonly string Cases = RepositoryRoot.Combine("artifacts", "infra", "cases");

    private readonly Dictionary<string, Deployment> _expanded = [];
    private BicepServer? _bicep;
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
        _bicep = BicepServer.Start(output.Trim());
        Directory.CreateDirectory(Cases);
    }

    public ValueTask DisposeAsync() => _bicep?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The compiled template.</summary>
    public async Task<JsonObject> CompileAsync() =>
        _compiled ??= JsonNode.Parse((await CompileAsync("main.bicep"))["contents"]!.GetValue<string>())!.AsObject();

    /// <summary>What compiler and linter have to say of a file below <c>infra</c>, a line each; nothing, if all is well.</summary>
    public async Task<IReadOnlyList<string>> DiagnosticsAsync(string file) =>
    [
        .. (await CompileAsync(file))["diagnostics"]!.AsArray().Select(d => d!.ToJsonString()),
    ];

    /// <summary>What a deployment with these parameters makes.</summary>
    /// <param name="parameters">Lines of a parameter file besides environment and region: <c>retentionHours = 100</c>.</param>
    internal async Task<Deployment> ExpandAsync(params string[] parameters)
    {
        var key = string.Join('\n', parameters);
        if (_expanded.TryGetValue(key, out var known)) return known;

        var bicep = Bicep();
        string[] lines =
        [
            "using '../../../infra/main.bicep'", "param environmentName = 'test'", "param location = 'westeurope'",
            .. parameters.Select(p => $"param {p}"),
        ];
        var file = Path.Combine(Cases, $"case-{_expanded.Count}-{Environment.ProcessId}.bicepparam");
        try
        {
            await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
            var answer = await bicep.CallAsync("bicep/getSnapshot", new JsonObject
            {
                ["path"] = file,
                ["metadata"] = new JsonObject { ["subscriptionId"] = Deployment.Subscription },
                ["externalInputs"] = new JsonArray(),
            });
            return _expanded[key] = new Deployment(JsonNode.Parse(answer["snapshot"]!.GetValue<string>())!.AsObject());
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The compiler's answer for a file below <c>infra</c>: the template as <c>contents</c>, and diagnostics.</summary>
    public async Task<JsonObject> CompileAsync(string file)
    {
        var path = RepositoryRoot.Combine(["infra", .. file.Split('/')]);
        var answer = await Bicep().CallAsync("bicep/compile", new JsonObject { ["path"] = path });
        Assert.True(answer["success"]!.GetValue<bool>(), answer["diagnostics"]!.ToJsonString());
        return answer;
    }

    private BicepServer Bicep()
    {
        Assert.SkipWhen(_bicep is null, "The Bicep compiler's package is for linux-x64.");
        return _bicep!;
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
