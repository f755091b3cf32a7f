using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Changeling.Rules;

namespace Changeling.Backtest.Reports;

/// <summary>The result of a backtest, in the form of the JSON report (snake case).</summary>
public sealed record BacktestReport
{
    /// <summary>Name of the layout. A report with the layout before it is read too, without what it lacks.</summary>
    public const string CurrentSchema = SchemaName + "5";

    private const string SchemaName = "changeling.backtest/";
    private const string SchemaBefore = SchemaName + "4";

    /// <summary>How it is written as JSON.</summary>
    public static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The layout.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What is counted as an alert: <c>incidents</c>, <c>findings</c> or <c>both</c>.</summary>
    public required string AlertKind { get; init; }

    /// <summary>Model and thresholds of the run.</summary>
    public required ModelReport Model { get; init; }

    /// <summary>The history that was sent.</summary>
    public required HistoryReport History { get; init; }

    /// <summary>The score from which an incident is sent; <see langword="null"/> where incidents are no alerts.</summary>
    public double? IncidentThreshold { get; init; }

    /// <summary>Alerts after the learning period: each incident or finding once, however many messages it has.</summary>
    public required int Alerts { get; init; }

    /// <summary>Incidents or findings of the learning period, which are never alerts.</summary>
    public required int Notes { get; init; }

    /// <summary>Launches that rules reported after the learning period. Where incidents are alerts, these are evidence of them.</summary>
    public int Findings { get; init; }

    /// <summary>What the alerts mean for people; <see langword="null"/> if the history ends within the learning period.</summary>
    public WorkloadReport? Workload { get; init; }

    /// <summary>Alerts divided by the days after the learning period; <see langword="null"/> if the history ends before.</summary>
    public required double? DetectionsPerDay { get; init; }

    /// <summary>
    /// What is expected in the days after the history; <see langword="null"/> if it has less than half a day after the learning
    /// period, and in reports of earlier layouts.
    /// </summary>
    public ForecastReport? Forecast { get; init; }

    /// <summary>Alerts by rule: an alert counts for each of its rules.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Each rule with alerts, and how many of these are true or false.</summary>
    public IReadOnlyList<RuleReport> ByRule { get; init; } = [];

    /// <summary>The title of every rule that the report names, by id.</summary>
    public IReadOnlyDictionary<string, string> RuleTitles { get; init; } = new Dictionary<string, string>();

    /// <summary>Day by day, on the hub's clock.</summary>
    public required IReadOnlyList<DayReport> Days { get; init; }

    /// <summary>The lineages with most alerts.</summary>
    public required IReadOnlyList<TopReport> TopLineages { get; init; }

    /// <summary>The programs that were started in most alerts.</summary>
    public IReadOnlyList<TopReport> TopPrograms { get; init; } = [];

    /// <summary>The hosts with most alerts.</summary>
    public required IReadOnlyList<TopReport> TopHosts { get; init; }

    /// <summary>The users with most alerts.</summary>
    public IReadOnlyList<TopReport> TopUsers { get; init; } = [];

    /// <summary>What other thresholds of the rule that the model and rarity decide on would have given; empty for incidents.</summary>
    public required IReadOnlyList<GridCell> Thresholds { get; init; }

    /// <summary>What other thresholds of the incidents' score would have given; empty for findings.</summary>
    public IReadOnlyList<IncidentCell> IncidentThresholds { get; init; } = [];

    /// <summary>What the sources delivered.</summary>
    public required SourceReport Sources { get; init; }

    /// <summary>The thresholds that keep within the budget, if there is one.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>Attack chains in the ground truth; this and all properties below are <see langword="null"/> without one.</summary>
    public int? Attacks { get; init; }

    /// <summary>Chains with at least one alert.</summary>
    public int? AttacksFound { get; init; }

    /// <summary>Process starts of these chains.</summary>
    public int? Steps { get; init; }

    /// <summary>Process starts of these chains with an alert of their own, or in an incident that is alerted.</summary>
    public int? StepsFound { get; init; }

    /// <summary>From a chain's first step to its first alert, event time, over the chains found.</summary>
    public double? MedianSecondsToDetect { get; init; }

    /// <summary>Over the chains found by incidents: from the first finding to the first incident, in seconds.</summary>
    public double? MedianSecondsFromFirstFinding { get; init; }

    /// <summary>Over the chains found by incidents: the largest share of the alertable steps that one incident holds, 0–1.</summary>
    public double? MedianShareOfSteps { get; init; }

    /// <summary>Alerts on anything but a step, look-alikes, and clusters and incidents without a step included.</summary>
    public int? FalseAlerts { get; init; }

    /// <summary>False alerts for 1,000 hosts and day; <see langword="null"/> also without days after the learning period.</summary>
    [JsonPropertyName("false_alerts_per_1000_hosts_and_day")]
    public double? FalseAlertsPer1000HostsAndDay { get; init; }

    /// <summary>Injected process starts that look like an attack but are benign.</summary>
    public int? LookAlikes { get; init; }

    /// <summary>Look-alikes with an alert.</summary>
    public int? LookAlikesAlerted { get; init; }

    /// <summary>Each chain, in order of name.</summary>
    public IReadOnlyList<ChainReport>? Chains { get; init; }

    /// <summary>The commands that rules reported most often, and that no sign of an attack stands near; most findings first.</summary>
    public IReadOnlyList<LookFirstReport> LookFirst { get; init; } = [];

    /// <summary>Every alert, in order of time.</summary>
    public required IReadOnlyList<DetectionReport> Detections { get; init; }

    /// <summary>
    /// The findings about one launch that the report names, in order of id: of each message the parts that describe finding and launch, so
    /// that the launch can be explained. Very long ones are left out.
    /// </summary>
    public IReadOnlyList<JsonElement> FindingMessages { get; init; } = [];

    /// <summary>Every alert, the worst first: incidents by their score, then by risk, score and time.</summary>
    [JsonIgnore]
    public IEnumerable<DetectionReport> WorstFirst => Detections
        .OrderByDescending(d => AlertKind == "incidents" ? d.Incident!.Score : 0)
        .ThenByDescending(d => d.Risk).ThenByDescending(d => d.Incident?.Score).ThenBy(d => d.Time);

    /// <summary>The title of a rule; the id of one that is not known.</summary>
    public string TitleOf(string rule) => RuleTitles.GetValueOrDefault(rule) ?? RuleSet.Shipped.Find(rule)?.Name ?? rule;

    /// <summary>Whether a file begins as a report of any layout does.</summary>
    /// <param name="json">Its content.</param>
    public static bool IsReport(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("schema"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.String
                && reader.GetString()!.StartsWith(SchemaName, StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Writes it as JSON.</summary>
    public void WriteTo(Stream file) => JsonSerializer.Serialize(file, this, Format);

    /// <summary>Reads a report back.</summary>
    /// <param name="name">The file's name, for the message.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="InvalidDataException">It is not a report of this layout.</exception>
    public static BacktestReport Read(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            var schema = JsonSerializer.Deserialize<Layout>(json, Format)?.Schema;
            if (schema is CurrentSchema or SchemaBefore) return JsonSerializer.Deserialize<BacktestReport>(json, Format)!;
            if (schema?.StartsWith(SchemaName, StringComparison.Ordinal) == true)
                throw new InvalidDataException(
                    $"{name} has the layout {schema}, and this program reads {CurrentSchema}; run 'backtest --json' again.");
        }
        catch (JsonException)
        {
            // Reported by the message below: the file is not a report.
        }

        throw new InvalidDataException($"{name} is not a backtest report; pass a file that 'backtest --json' wrote.");
    }

    private sealed record Layout(string? Schema = null);
}
