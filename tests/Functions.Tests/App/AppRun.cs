using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Findings;
using Changeling.HostStandIn;
using Changeling.HubStandIn;

namespace Changeling.Functions.Tests.App;

/// <summary>The real worker under the stand-in of its host, between two hubs: one run, with hubs of its own.</summary>
public sealed class AppRun : IAsyncDisposable
{
    public const string TelemetryHub = "telemetry";
    public const string DetectionsHub = "detections";

    /// <summary>Partitions are claimed at once, and soon after another instance is gone.</summary>
    public static ListenOptions Quick { get; } = new()
    {
        LoadBalancingInterval = TimeSpan.FromMilliseconds(300),
        OwnershipExpiration = TimeSpan.FromSeconds(5),
    };

    private readonly bool _ownsHubs;

    private AppRun(HubServer hubs, FunctionsHost host, bool ownsHubs) => (Hubs, Host, _ownsHubs) = (hubs, host, ownsHubs);

    public FunctionsHost Host { get; }

    public HubServer Hubs { get; }

    /// <summary>What arrived on the detections hub, repeats included, in order within a host.</summary>
    public IReadOnlyList<HubMessage> Detections => Hubs.Hub(DetectionsHub).Messages;

    /// <summary>The bodies, as text.</summary>
    public IReadOnlyList<string> Findings => [.. Detections.Select(d => Encoding.UTF8.GetString(d.Body.Span))];

    /// <summary>Their ids, each once.</summary>
    public SortedSet<string> Ids => new(Detections.Select(d => d.MessageId!), StringComparer.Ordinal);

    /// <summary>Their bytes by id: <see langword="true"/> where every repeat has the same bytes.</summary>
    public bool RepeatsAreEqual =>
        Detections.GroupBy(d => d.MessageId, StringComparer.Ordinal)
            .All(same => same.Select(d => Convert.ToHexString(d.Body.Span)).Distinct().Count() == 1);

    /// <summary>Starts a worker under its host.</summary>
    /// <param name="options">How.</param>
    /// <param name="group">The consumer group: checkpoints of runs with other groups are not seen.</param>
    /// <param name="hubs">The hubs of a run that continues; <see langword="null"/> for new ones.</param>
    internal static async Task<AppRun> StartAsync(HostOptions options, string group, HubServer? hubs)
    {
        var server = hubs ?? await HubServer.StartAsync(Usual(group), TestContext.Current.CancellationToken);
        try
        {
            return new AppRun(
                server,
                await FunctionsHost.StartAsync(Between(options, group, server), TestContext.Current.CancellationToken),
                hubs is null);
        }
        catch
        {
            if (hubs is null) await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The usual two hubs.</summary>
    private static HubServerOptions Usual(string group) => new()
    {
        Hubs = [new HubDefinition(TelemetryHub, 4) { ConsumerGroups = [group] }, new HubDefinition(DetectionsHub, 4)],
    };

    /// <summary>The last sequence number of each partition of the telemetry hub that has any.</summary>
    public Dictionary<string, long> Ends => Hubs.Hub(TelemetryHub).Partitions.Where(p => p.Messages.Count > 0)
        .ToDictionary(p => p.Id.ToString(CultureInfo.InvariantCulture), p => p.Messages[^1].SequenceNumber, StringComparer.Ordinal);

    /// <summary>Has the host work off the telemetry hub.</summary>
    public async Task ListenToTheEndAsync()
    {
        await using var listener = await Host.ListenAsync(Quick, TestContext.Current.CancellationToken);
        await listener.WaitForAsync(Ends, TestContext.Current.CancellationToken);
        await listener.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_ownsHubs) await Hubs.DisposeAsync();
    }

    /// <summary>The rule that leads in a detection.</summary>
    internal static string Rule(HubMessage detection) => DetectionEnvelope.Read(detection.Body).RuleId!;

    /// <summary>The rules that fired on the launch of a detection.</summary>
    internal static IReadOnlyList<string> Rules(HubMessage detection)
    {
        using var finding = JsonDocument.Parse(detection.Body);
        return finding.RootElement.GetProperty("evidences")[0].GetProperty("data").TryGetProperty("rules", out var rules)
            ? [.. rules.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!)]
            : [];
    }

    private static HostOptions Between(HostOptions options, string group, HubServer hubs) => options with
    {
        Settings = new Dictionary<string, string>(options.Settings)
        {
            ["EventHubConnection"] = hubs.ConnectionString,
            ["TelemetryHub"] = TelemetryHub,
            ["TelemetryConsumerGroup"] = group,
            ["DetectionsHub"] = DetectionsHub,
        },
    };
}
