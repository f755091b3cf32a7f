using System.Text.Json;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Pipeline;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>A pipeline over the in-memory store, with what a test looks at afterwards.</summary>
internal sealed class PipelineBench
{
    public static readonly EventPartition Partition = new("telemetry", "3");
    private static readonly BaselinePartition Rows = new("default", Partition);

    private PipelineSettings _settings;
    private BatchPipeline _pipeline;

    public PipelineBench(Func<BaselineCommit, CommitFault>? faults = null, PipelineSettings? settings = null)
    {
        Faults = faults ?? (_ => CommitFault.None);
        _settings = settings ?? new PipelineSettings { EmitAfter = TimeSpan.Zero, Alerts = AlertKind.Findings, LaunchesPerHostAndDay = 0 };
        _pipeline = NewProcess();
    }

    /// <summary>What the next batch is decided with.</summary>
    public PipelineSnapshot Snapshot { get; set; } = new(new WordModel(), Priors.Small, RuleSets.ByParent);

    public InMemoryBaselineStore Store { get; } = new();

    public RecordedDeadLetters DeadLetters { get; } = new();

    public Func<BaselineCommit, CommitFault> Faults { get; set; }

    public Task<BatchOutcome> ProcessAsync(params TelemetryMessage[] messages) =>
        ProcessAsync(TestContext.Current.CancellationToken, messages);

    public Task<BatchOutcome> ProcessAsync(CancellationToken cancellationToken, params TelemetryMessage[] messages) =>
        _pipeline.ProcessAsync(new EventBatch(Partition, messages), Snapshot, cancellationToken);

    /// <summary>Forgets everything that a process keeps in memory.</summary>
    /// <param name="change">What an operator sets otherwise before the next start.</param>
    public void Restart(Func<PipelineSettings, PipelineSettings>? change = null)
    {
        if (change is not null) _settings = change(_settings);
        _pipeline = NewProcess();
    }

    public async Task<Watermark?> WatermarkAsync() =>
        (await Store.ReadWatermarkAsync(Rows, TestContext.Current.CancellationToken))?.Watermark;

    public Task<ExceptionCount?> ExceptionAsync(string id) => Store.ReadExceptionAsync(Rows, id, TestContext.Current.CancellationToken);

    /// <summary>The sums of the window that samples are in.</summary>
    public Task<IReadOnlyList<MaliciousSum>> SumsAsync() =>
        Store.ReadSumsAsync(Rows, ClockWindow.At(Some.Time), TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<StoredDetection>> StoredAsync() =>
        Store.ReadDetectionsAsync(Rows, default, new Position(int.MaxValue, 0, 0), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<CountRow>> LaunchesAsync(string parent) =>
        [.. (await Store.ReadLaunchesAsync(Rows, parent, TestContext.Current.CancellationToken))
            .OrderBy(r => r.Name, StringComparer.Ordinal)];

    /// <summary>Ids of detections, as a consumer reads them.</summary>
    public static IReadOnlyList<string> Ids(BatchOutcome outcome) => [.. outcome.Detections.Select(Id)];

    public static string Id(ReadOnlyMemory<byte> detection)
    {
        using var json = JsonDocument.Parse(detection);
        return json.RootElement.GetProperty("finding_info").GetProperty("uid").GetString()!;
    }

    /// <summary>Id and rules of a detection about a launch, in order of the rules' ids; a suppressed rule has a mark.</summary>
    public static string IdAndRules(ReadOnlyMemory<byte> detection)
    {
        using var json = JsonDocument.Parse(detection);
        var rules = json.RootElement.GetProperty("evidences")[0].GetProperty("data").GetProperty("rules").EnumerateArray()
            .Select(rule => rule.GetProperty("id").GetString() + (IsSuppressed(rule) ? "!" : ""));
        return $"{Id(detection)} {string.Join(' ', rules.Order(StringComparer.Ordinal))}";
    }

    private static bool IsSuppressed(JsonElement rule) =>
        rule.TryGetProperty("exceptions", out var exceptions)
            && exceptions.GetProperty("matched").ValueKind == JsonValueKind.Object;

    private BatchPipeline NewProcess() => new(new FaultyStore(Store, commit => Faults(commit)), DeadLetters, _settings);
}

/// <summary>Dead letters as a blob container keeps them: by chunk, overwritten by the same letters only.</summary>
internal sealed class RecordedDeadLetters : IDeadLetterStore
{
    private readonly Dictionary<string, IReadOnlyList<DeadLetter>> _chunks = new(StringComparer.Ordinal);

    /// <summary>The letters of each write.</summary>
    public IEnumerable<IReadOnlyList<DeadLetter>> Chunks => _chunks.Values;

    public IEnumerable<DeadLetter> All => _chunks.Values.SelectMany(c => c).OrderBy(l => l.Position);

    /// <summary>The reason of each position that has a letter; a position may stand in several blobs.</summary>
    public SortedDictionary<Position, string> Reasons => new(All.DistinctBy(l => l.Position).ToDictionary(l => l.Position, l => l.Reason));

    /// <summary>How many of the next writes fail as an outage.</summary>
    public int Outages { get; set; }

    public Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        if (Outages-- > 0) throw new StoreUnavailableException("the test's container is away");
        _chunks[string.Join(' ', letters.Select(l => $"{l.Position} {l.Reason}"))] = letters;
        return Task.CompletedTask;
    }
}
