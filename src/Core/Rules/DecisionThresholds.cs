namespace Changeling.Rules;

/// <summary>
/// The two thresholds that a team can choose with a backtest, beside those of single rules: a file of container <c>rules</c> with the id
/// <see cref="FileId"/>.
/// </summary>
/// <param name="Malicious">
/// The probability from which a launch is malicious, 0.05–0.999; <see langword="null"/> for the model's own.
/// </param>
/// <param name="Incident">
/// The score from which an incident is sent, 0.05–0.99; <see langword="null"/> for the usual one of a fleet of this size
/// (<see cref="UsualIncident"/>). One that was sent already stays an incident.
/// </param>
public sealed record DecisionThresholds(double? Malicious = null, double? Incident = null) : IRuleChange
{
    /// <summary>The id of the file, which no rule can have.</summary>
    public const string FileId = "thresholds";

    /// <summary>The usual threshold of incidents in fleets of at most <see cref="FewHosts"/> hosts, or of unknown size.</summary>
    public const double IncidentOfFewHosts = 0.55;

    /// <summary>The usual threshold of incidents in fleets of at least <see cref="ManyHosts"/> hosts.</summary>
    public const double IncidentOfManyHosts = 0.33;

    /// <summary>Up to so many hosts a fleet counts as small.</summary>
    public const int FewHosts = 100;

    /// <summary>From so many hosts on a fleet counts as large.</summary>
    public const int ManyHosts = 2_000;

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

    /// <summary>
    /// The usual threshold of incidents. What is ordinary shows itself on more than one host. So the more hosts a fleet has, the fewer
    /// ordinary steps are new to it, a host and day. The threshold falls with the logarithm of the hosts, and has two digits, so that an
    /// estimate will do (docs/decisions/0034-a-small-fleet-needs-more-evidence.md).
    /// </summary>
    /// <param name="hosts">About how many hosts the fleet has; 0 when unknown.</param>
    public static double UsualIncident(int hosts)
    {
        var share = Math.Log((double)Math.Clamp(hosts, FewHosts, ManyHosts) / FewHosts) / Math.Log((double)ManyHosts / FewHosts);
        return Math.Round(IncidentOfFewHosts - (share * (IncidentOfFewHosts - IncidentOfManyHosts)), 2);
    }

    /// <summary>The threshold of incidents in force.</summary>
    /// <param name="hosts">About how many hosts the fleet has; 0 when unknown.</param>
    public double IncidentIn(int hosts) => Incident ?? UsualIncident(hosts);

    /// <summary>The error in the values; <see langword="null"/> if they are valid.</summary>
    public string? Problem() => this switch
    {
        { Malicious: { } p and not (>= LeastMalicious and <= MostMalicious) } =>
            $"malicious is {p}, must be from {LeastMalicious} to {MostMalicious}",
        { Incident: { } score and not (>= LeastIncident and <= MostIncident) } =>
            $"incident is {score}, must be from {LeastIncident} to {MostIncident}",
        _ => null,
    };
}
