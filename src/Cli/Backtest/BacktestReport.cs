using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.Cli.Backtest;

/// <summary>All that a backtest found, as it stands in the JSON report (snake case).</summary>
internal sealed record BacktestReport
{
    /// <summary>Names the layout; a report of another is not compared.</summary>
    public const string CurrentSchema = "changeling.backtest/1";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Schema { get; init; } = CurrentSchema;

    public required ModelReport Model { get; init; }

    public required HistoryReport History { get; init; }

    /// <summary>Detections after the learning time, each finding once.</summary>
    public required int Alerts { get; init; }

    /// <summary>Findings of the learning time: never alerts.</summary>
    public required int Notes { get; init; }

    /// <summary>Alerts by days after the learning time; <see langword="null"/> when the history ends before.</summary>
    public required double? DetectionsPerDay { get; init; }

    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Each rule that alerted, with what its alerts were.</summary>
    public IReadOnlyList<RuleReport> ByRule { get; init; } = [];

    public required IReadOnlyList<DayReport> Days { get; init; }

    public required IReadOnlyList<TopReport> TopLineages { get; init; }

    public required IReadOnlyList<TopReport> TopHosts { get; init; }

    /// <summary>What other thresholds would have given.</summary>
    public required IReadOnlyList<GridCell> Thresholds { get; init; }

    public required SourceReport Sources { get; init; }

    public BudgetReport? Budget { get; init; }

    /// <summary>Chains of the truth; <see langword="null"/> without one, as all below.</summary>
    public int? Attacks { get; init; }

    /// <summary>Chains with at least one alert.</summary>
    public int? AttacksFound { get; init; }

    public int? Steps { get; init; }

    public int? StepsFound { get; init; }

    /// <summary>From a chain's first step to its first alert, event time, over the chains found.</summary>
    public double? MedianSecondsToDetect { get; init; }

    /// <summary>Alerts on anything but a step, look-alikes and clusters without a step included.</summary>
    public int? FalseAlerts { get; init; }

    public int? LookAlikes { get; init; }

    public int? LookAlikesAlerted { get; init; }

    public IReadOnlyList<ChainReport>? Chains { get; init; }

    /// <summary>The exceptions that would halve the alerts, or come closest; empty without alerts.</summary>
    public IReadOnlyList<SuggestionReport> SuggestedExceptions { get; init; } = [];

    /// <summary>Every alert, in order of time.</summary>
    public required IReadOnlyList<DetectionReport> Detections { get; init; }

    public void WriteTo(Stream file) => JsonSerializer.Serialize(file, this, Format);

    /// <summary>Reads a report back.</summary>
    /// <exception cref="CliException">The file is none.</exception>
    public static async Task<BacktestReport> ReadAsync(string file, CancellationToken cancellationToken)
    {
        InputFiles.Require([file]);
        try
        {
            var report = JsonSerializer.Deserialize<BacktestReport>((await InputFiles.ReadAsync(file, cancellationToken)).Span, Format);
            if (report?.Schema == CurrentSchema) return report;
        }
        catch (JsonException)
        {
            // Said below: whatever it is, it is no report.
        }

        throw new CliException($"{file} is not a backtest report; pass a file that backtest --json wrote.");
    }
}
