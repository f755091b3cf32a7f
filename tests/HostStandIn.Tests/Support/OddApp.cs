using System.Text.Json;
using System.Text.Json.Nodes;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>The worker of these tests: its built folder, and hosts for it. It does what its events say.</summary>
internal static class OddApp
{
    public const string Endless = "ObeyForEver";
    public const string Thrice = "ObeyThrice";
    public const string Once = "ObeyOnce";

    /// <summary>Its own output folder, built with the tests.</summary>
    public static string Folder { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "OddWorker", new DirectoryInfo(AppContext.BaseDirectory).Name));

    /// <summary>Options of a host that does not wait between retries.</summary>
    public static HostOptions Options(string function = Endless) => new()
    {
        AppFolder = Folder,
        Function = function,
        RetryIntervalFactor = 0,
    };

    public static Task<FunctionsHost> StartAsync(Func<HostOptions, HostOptions>? adjust = null) =>
        FunctionsHost.StartAsync(adjust?.Invoke(Options()) ?? Options(), TestContext.Current.CancellationToken);

    /// <summary>What the worker says that it got, from the line that it logged.</summary>
    public static JsonObject Report(InvocationResult result)
    {
        Assert.True(result.Succeeded, result.Failure);
        var line = Assert.Single(result.Logs, line => line.Contains("Functions: {", StringComparison.Ordinal));
        return JsonNode.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..])!.AsObject();
    }

    /// <summary>The values of an array in a report.</summary>
    public static IReadOnlyList<T> Values<T>(this JsonObject report, string name) => report[name].Deserialize<List<T>>()!;
}
