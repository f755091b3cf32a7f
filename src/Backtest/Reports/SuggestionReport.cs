using System.Text.Json.Nodes;

namespace Changeling.Backtest.Reports;

/// <summary>
/// A suggested exception, complete except for owner and reason. It has the number of alerts that it would have hidden and their share, the
/// share together with earlier suggestions, and the number of true detections among them (<see langword="null"/> if the truth is unknown).
/// </summary>
public sealed record SuggestionReport(JsonNode Item, int Alerts, double Share, double ShareTogether, int? TrueDetections);
