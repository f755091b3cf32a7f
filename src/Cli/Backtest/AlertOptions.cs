using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Changeling.Backtest;
using Changeling.Findings;
using Changeling.Rules;

namespace Changeling.Cli.Backtest;

/// <summary>The options that say what is an alert: the same as the settings of the app.</summary>
internal sealed class AlertOptions
{
    private readonly Option<AlertKind> _alerts = new("--alerts")
    {
        Description = "What is counted as an alert: incidents, findings or both (Detections:Alerts of the app).",
        HelpName = "incidents|findings|both",
        DefaultValueFactory = _ => AlertKind.Incidents,
        CustomParser = Kind,
    };

    private readonly Option<double?> _threshold = new("--incident-threshold")
    {
        Description = "The score, 0.05 to 0.99, from which an incident is sent. Default: that of the rules, which is 0.5 as shipped.",
        HelpName = "SCORE",
        CustomParser = Threshold,
    };

    public void AddTo(Command command)
    {
        command.Add(_alerts);
        command.Add(_threshold);
    }

    /// <summary>Adds the values to the options of a backtest.</summary>
    /// <exception cref="CliException">They do not go together.</exception>
    public BacktestOptions Apply(ParseResult parsed, BacktestOptions options)
    {
        var alerts = parsed.GetValue(_alerts);
        if (alerts == AlertKind.Findings && parsed.GetValue(_threshold) is not null)
            throw new CliException("--incident-threshold is about incidents, and --alerts findings gathers none; leave one of them out.");
        if (alerts == AlertKind.Both && options.Budget is not null)
            throw new CliException(
                "a budget is for incidents or for findings, which have different thresholds; pass --alerts incidents or --alerts findings.");
        return options with { Alerts = alerts };
    }

    /// <summary>The rules with the threshold of incidents that is tried.</summary>
    public RuleSet Apply(ParseResult parsed, RuleSet rules) => parsed.GetValue(_threshold) is { } tried
        ? rules.With([rules.Thresholds with { Incident = tried }])
        : rules;

    private static AlertKind Kind(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out _) && Enum.TryParse<AlertKind>(text, ignoreCase: true, out var kind))
            return kind;
        result.AddError($"--alerts must be incidents, findings or both, not '{text}'");
        return default;
    }

    private static double? Threshold(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score);
        if (isNumber && score is >= DecisionThresholds.LeastIncident and <= DecisionThresholds.MostIncident) return score;
        result.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"--incident-threshold must be between {DecisionThresholds.LeastIncident} and {DecisionThresholds.MostIncident}, not '{text}'"));
        return null;
    }
}
