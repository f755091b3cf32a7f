namespace Changeling.Rules;

/// <summary>
/// The two thresholds that a team can choose with a backtest, beside those of single rules: a file of container <c>rules</c> with the id
/// <see cref="FileId"/>.
/// </summary>
/// <param name="Malicious">
/// The probability from which a launch is malicious, 0.05–0.999; <see langword="null"/> for the model's own.
/// </param>
/// <param name="Incident">The score from which an incident is sent, 0.05–0.99. One that was sent already stays an incident.</param>
public sealed record DecisionThresholds(double? Malicious = null, double Incident = DecisionThresholds.UsualIncident) : IRuleChange
{
    /// <summary>The id of the file, which no rule can have.</summary>
    public const string FileId = "thresholds";

    /// <summary>The score from which incidents are sent, unless a file says otherwise.</summary>
    public const double UsualIncident = 0.5;

    /// <summary>The lowest score from which incidents can be sent.</summary>
    public const double LeastIncident = 0.05;

    /// <summary>The highest score from which incidents can be sent.</summary>
    public const double MostIncident = 0.99;

    private const double LeastMalicious = 0.05;
    private const double MostMalicious = 0.999;

    /// <summary>What is in force without a file.</summary>
    public static DecisionThresholds Shipped { get; } = new();

    /// <inheritdoc/>
    public string Id => FileId;

    /// <summary>The error in the values; <see langword="null"/> if they are valid.</summary>
    public string? Problem() => this switch
    {
        { Malicious: { } p and not (>= LeastMalicious and <= MostMalicious) } =>
            $"malicious is {p}, must be from {LeastMalicious} to {MostMalicious}",
        { Incident: var score and not (>= LeastIncident and <= MostIncident) } =>
            $"incident is {score}, must be from {LeastIncident} to {MostIncident}",
        _ => null,
    };
}
