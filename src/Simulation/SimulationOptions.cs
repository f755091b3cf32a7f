using Changeling.Events;
using Changeling.Simulation.Injection;

namespace Changeling.Simulation;

/// <summary>The options of a simulation. The same options always give the same events and the same bytes.</summary>
public sealed record SimulationOptions
{
    /// <summary>Attacks begin only after this many hours, so that a fleet's habits are known first.</summary>
    /// <value>8 hours.</value>
    public const int QuietHours = 8;

    /// <summary>
    /// The value of <see cref="Format"/> that mixes collectors: workstations Defender, developers Elastic, servers Winlogbeat.
    /// </summary>
    public const string MixedFormats = "mixed";

    private const int LeastHoursWithAttacks = QuietHours + 1;

    /// <summary>The values that <see cref="Format"/> takes.</summary>
    public static IReadOnlyList<string> Formats { get; } =
    [
        SourceFormats.Winlogbeat, SourceFormats.DefenderXdr, SourceFormats.Ecs, SourceFormats.FlatWindows, SourceFormats.FluentBit,
        SourceFormats.Gelf, SourceFormats.Ocsf, SourceFormats.Otel, SourceFormats.SplunkHec, SourceFormats.Vector, SourceFormats.Wazuh,
        SourceFormats.WinEventXml, MixedFormats,
    ];

    /// <summary>Number of machines.</summary>
    /// <value>1 to 10,000; 40 unless set.</value>
    public int Hosts { get; init; } = 40;

    /// <summary>Length of the simulated time.</summary>
    /// <value>1 to 720 hours; 24 unless set.</value>
    public int Hours { get; init; } = 24;

    /// <summary>Any number; another number gives another fleet on another day.</summary>
    /// <value>1 unless set.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Number of attack chains. With 0 there is no attack.</summary>
    /// <value>0 to 1,000; 1 unless set.</value>
    public int Attacks { get; init; } = 1;

    /// <summary>The simulated clock's first instant; fixed, so that no output depends on the day on which it is made.</summary>
    /// <value>A Monday, 2026-11-02 06:00 UTC, unless set. People work by the UTC clock.</value>
    public DateTimeOffset Start { get; init; } = new(2026, 11, 2, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Which collector's messages the hosts send, one of <see cref="Formats"/>.</summary>
    /// <value><c>winlogbeat</c> unless set.</value>
    public string Format { get; init; } = SourceFormats.Winlogbeat;

    /// <summary>
    /// Whether each process has a command line that no other has: for benchmarks of launches that nothing can remember.
    /// </summary>
    /// <value><see langword="false"/> unless set: machines start the same programs with the same command lines again and again.</value>
    public bool HasDistinctCommandLines { get; init; }

    /// <summary>Labelled rows to place on the hosts.</summary>
    /// <value>None unless set.</value>
    public InjectionOptions? Injection { get; init; }

    internal DateTimeOffset End => Start.AddHours(Hours);

    /// <summary>A message that names an option that is not valid, or <see langword="null"/> if all are valid.</summary>
    public string? FindProblem() => this switch
    {
        { Hosts: < 1 or > 10_000 } => "The number of hosts must be between 1 and 10,000.",
        { Hours: < 1 or > 720 } => "The number of hours must be between 1 and 720.",
        { Attacks: < 0 or > 1_000 } => "The number of attacks must be between 0 and 1,000.",
        { Attacks: > 0, Hours: < LeastHoursWithAttacks } =>
            $"Attacks begin after hour {QuietHours}: ask for at least {LeastHoursWithAttacks} hours, or for 0 attacks.",
        { Injection.Rate: < 0 or > 1_000 } => "The rate of look-alikes must be between 0 and 1,000 per host and day.",
        { Injection.MaxChains: < 1 } => "The number of injected chains must be at least 1.",
        { Injection: { } injection } when injection.BeginAfter(Hours) is var begin && (begin < 0 || begin >= Hours) =>
            $"Injected chains would begin after hour {begin} of {Hours}: ask for more hours, or for an earlier beginning.",
        { Start.Offset.Ticks: not 0 } => "The start must be given in UTC.",
        _ when !Formats.Contains(Format) => $"The format must be one of {string.Join(", ", Formats)}.",
        _ => null,
    };
}
