using System.Text.Json.Nodes;

namespace Changeling.Backtest.Reports;

/// <summary>
/// A suggested exception, ready but for its owner and reason: alerts that it would have hidden and their share, the share together with
/// those before it, and how many true detections are among its own (<see langword="null"/> where the truth is not known).
/// </summary>
public sealed record SuggestionReport(JsonNode Item, int Alerts, double Share, double ShareTogether, int? TrueDetections);
