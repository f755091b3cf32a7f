using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.Backtest.Reports;

/// <summary>The result of a backtest, in the form of the JSON report (snake case).</summary>
public sealed record BacktestReport
{
    /// <summary>Name of the layout. A report with another layout is not compared.</summary>
    public const string CurrentSchema = "changeling.backtest/2";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The layout.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Model and thresholds of the run.</summary>
    public required ModelReport Model { get; init; }

    /// <summary>The history that was sent.</summary>
    public required HistoryReport History { get; init; }

    /// <summary>Alerts after the learning period, each finding once.</summary>
    public required int Alerts { get; init; }

    /// <summary>Findings in the learning period, which are never alerts.</summary>
    public required int Notes { get; init; }

    /// <summary>Alerts divided by the days after the learning period; <see langword="null"/> if the history ends before.</summary>
    public required double? DetectionsPerDay { get; init; }

    /// <summary>Alerts by rule: an alert counts for each of its rules.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Each rule with alerts, and how many of these are true or false.</summary>
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

    /// <summary>The thresholds that keep within the budget, if there is one.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>Attack chains in the ground truth; this and all properties below are <see langword="null"/> without one.</summary>
    public int? Attacks { get; init; }

    /// <summary>Chains with at least one alert.</summary>
    public int? AttacksFound { get; init; }

    /// <summary>Process starts of these chains.</summary>
    public int? Steps { get; init; }

    /// <summary>Process starts of these chains with an alert of their own.</summary>
    public int? StepsFound { get; init; }

    /// <summary>From a chain's first step to its first alert, event time, over the chains found.</summary>
    public double? MedianSecondsToDetect { get; init; }

    /// <summary>Alerts on anything but a step, look-alikes and clusters without a step included.</summary>
    public int? FalseAlerts { get; init; }

    /// <summary>Injected process starts that look like an attack but are benign.</summary>
    public int? LookAlikes { get; init; }

    /// <summary>Look-alikes with an alert.</summary>
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
            // Reported by the message below: the file is not a report.
        }

        throw new InvalidDataException($"{name} is not a backtest report; pass a file that 'backtest --json' wrote.");
    }
}
