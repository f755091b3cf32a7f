using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.Backtest.Reports;

/// <summary>All that a backtest found, as it stands in the JSON report (snake case).</summary>
public sealed record BacktestReport
{
    /// <summary>Names the layout; a report of another is not compared.</summary>
    public const string CurrentSchema = "changeling.backtest/1";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The layout.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>What decided.</summary>
    public required ModelReport Model { get; init; }

    /// <summary>What was sent.</summary>
    public required HistoryReport History { get; init; }

    /// <summary>Detections after the learning time, each finding once.</summary>
    public required int Alerts { get; init; }

    /// <summary>Findings of the learning time: never alerts.</summary>
    public required int Notes { get; init; }

    /// <summary>Alerts by days after the learning time; <see langword="null"/> when the history ends before.</summary>
    public required double? DetectionsPerDay { get; init; }

    /// <summary>Alerts by rule.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Each rule that alerted, with what its alerts were.</summary>
    public IReadOnlyList<RuleReport> ByRule { get; init; } = [];

    /// <summary>Day by day, on the hub's clock.</summary>
    public required IReadOnlyList<DayReport> Days { get; init; }

    /// <summary>The lineages with most alerts.</summary>
    public required IReadOnlyList<TopReport> TopLineages { get; init; }

    /// <summary>The hosts with most alerts.</summary>
    public required IReadOnlyList<TopReport> TopHosts { get; init; }

    /// <summary>What other thresholds would have given.</summary>
    public required IReadOnlyList<GridCell> Thresholds { get; init; }

    /// <summary>What the sources delivered.</summary>
    public required SourceReport Sources { get; init; }

    /// <summary>The thresholds that keep within a budget, where one was asked for.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>Chains of the truth; <see langword="null"/> without one, as all below.</summary>
    public int? Attacks { get; init; }

    /// <summary>Chains with at least one alert.</summary>
    public int? AttacksFound { get; init; }

    /// <summary>Starts of those chains.</summary>
    public int? Steps { get; init; }

    /// <summary>Those with an alert of their own.</summary>
    public int? StepsFound { get; init; }

    /// <summary>From a chain's first step to its first alert, event time, over the chains found.</summary>
    public double? MedianSecondsToDetect { get; init; }

    /// <summary>Alerts on anything but a step, look-alikes and clusters without a step included.</summary>
    public int? FalseAlerts { get; init; }

    /// <summary>Injected starts that look like an attack and are none.</summary>
    public int? LookAlikes { get; init; }

    /// <summary>Those with an alert.</summary>
    public int? LookAlikesAlerted { get; init; }

    /// <summary>Each chain, in order of name.</summary>
    public IReadOnlyList<ChainReport>? Chains { get; init; }

    /// <summary>The exceptions that would halve the alerts, or come closest; empty without alerts.</summary>
    public IReadOnlyList<SuggestionReport> SuggestedExceptions { get; init; } = [];

    /// <summary>Every alert, in order of time.</summary>
    public required IReadOnlyList<DetectionReport> Detections { get; init; }

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
            var report = JsonSerializer.Deserialize<BacktestReport>(json, Format);
            if (report?.Schema == CurrentSchema) return report;
        }
        catch (JsonException)
        {
            // The message below says it: whatever the file is, it is not a report.
        }

        throw new InvalidDataException($"{name} is not a backtest report; pass a file that 'backtest --json' wrote.");
    }
}
