using System.Globalization;
using System.Text.Json;

namespace Changeling.HostStandIn.Contract;

/// <summary>What the host takes from <c>host.json</c> and <c>ScoreTelemetry/function.json</c> (sections 2.1 and 2.2).</summary>
internal sealed record FunctionApp
{
    /// <summary>The function's name is its folder's.</summary>
    public const string Function = "ScoreTelemetry";

    public required string Folder { get; init; }

    public required string Executable { get; init; }

    public required TimeSpan FunctionTimeout { get; init; }

    public required TimeSpan InitializationTimeout { get; init; }

    public required int MaxEventBatchSize { get; init; }

    /// <summary>A batch is never larger than what is fetched ahead; null without a limit.</summary>
    public required long? PrefetchSizeInBytes { get; init; }

    public required RetryPolicy? Retry { get; init; }

    /// <summary>Reads both files of an app folder.</summary>
    /// <exception cref="HostFailedException">A file is missing or no such file, or the trigger would not bring what this stand-in sends.</exception>
    public static FunctionApp Read(string folder)
    {
        try
        {
            return ReadFiles(folder);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HostFailedException(
                $"{folder} is not this function app: host.json lacks its customHandler, or function.json its trigger. Build or publish src/Functions again.",
                exception);
        }
    }

    private static FunctionApp ReadFiles(string folder)
    {
        using var host = Open(folder, "host.json");
        using var function = Open(folder, Path.Combine(Function, "function.json"));
        var handler = host.RootElement.GetProperty("customHandler");
        var hubs = Find(Find(host.RootElement, "extensions"), "eventHubs");
        RequireBinaryMany(function.RootElement);

        return new FunctionApp
        {
            Folder = folder,
            Executable = handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString()!,
            FunctionTimeout = Time(Find(host.RootElement, "functionTimeout")) ?? TimeSpan.FromMinutes(30),
            InitializationTimeout = Time(Find(handler, "initializationTimeout")) ?? TimeSpan.FromSeconds(30),
            MaxEventBatchSize = Find(hubs, "maxEventBatchSize")?.GetInt32() ?? 100,
            PrefetchSizeInBytes = Find(hubs, "prefetchSizeInBytes")?.GetInt64(),
            Retry = Find(function.RootElement, "retry") is { } retry ? RetryPolicy.Parse(retry) : null,
        };
    }

    private static JsonDocument Open(string folder, string name)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
        }
        catch (IOException exception)
        {
            throw new HostFailedException($"{folder} is no function app: {name} is missing. Build or publish src/Functions first.", exception);
        }
    }

    /// <summary>Any other binding has another shape on the wire (section 1.3).</summary>
    private static void RequireBinaryMany(JsonElement function)
    {
        var trigger = function.GetProperty("bindings").EnumerateArray().First(b => b.GetProperty("type").GetString() == "eventHubTrigger");
        var isBinaryMany = Find(trigger, "cardinality")?.GetString() == "many" && Find(trigger, "dataType")?.GetString() == "binary";
        if (!isBinaryMany || trigger.GetProperty("name").GetString() != "telemetry")
        {
            throw new HostFailedException("function.json: the trigger must be named telemetry, with cardinality many and dataType binary.");
        }
    }

    private static JsonElement? Find(JsonElement? parent, string name) =>
        parent is { } element && element.TryGetProperty(name, out var value) ? value : null;

    private static TimeSpan? Time(JsonElement? value) =>
        value?.GetString() is { } text ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture) : null;
}
