using System.Globalization;

namespace Changeling.Backtest.Thresholds;

/// <summary>The number of alerts that people can investigate.</summary>
/// <param name="Amount">Alerts a day.</param>
/// <param name="IsPerHost">Whether the number is for each host.</param>
public sealed record Budget(double Amount, bool IsPerHost)
{
    /// <summary>
    /// Days after the learning period on which thresholds are chosen, so that later days can show whether the budget is kept;
    /// <see langword="null"/> for all.
    /// </summary>
    public int? ChosenOnDays { get; init; }

    /// <summary>Reads <c>20/day</c> or <c>0.01/host/day</c>.</summary>
    /// <returns><see langword="null"/> when it is neither.</returns>
    public static Budget? Parse(string text)
    {
        var parts = text.Split('/');
        return parts is [_, "day"] or [_, "host", "day"]
            && double.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0
                ? new Budget(amount, parts.Length == 3)
                : null;
    }

    /// <summary>Alerts a day for a fleet with the given number of hosts.</summary>
    public double AlertsPerDay(int hosts) => IsPerHost ? Amount * hosts : Amount;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount}{(IsPerHost ? "/host" : "")}/day");
}
