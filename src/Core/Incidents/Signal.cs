using System.Text.Json.Serialization;
using Changeling.Catalogues;
using Changeling.Rules;

namespace Changeling.Incidents;

/// <summary>
/// A launch that may be a step of an attack: rules reported it, or the model dislikes it and no rule did. It has what incidents need of a
/// launch, with bounded texts, because its row is kept until the incidents have read it.
/// </summary>
public sealed record Signal
{
    /// <summary>The id of the launch's finding; the same for a launch without one.</summary>
    public required Guid Uid { get; init; }

    /// <summary>When the launch reached the hub, UTC: the clock of everything that incidents measure.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When the process started, by the endpoint's clock, UTC: the order of the steps.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The host.</summary>
    public required string Host { get; init; }

    /// <summary>The account, with its domain if known; <see langword="null"/> when unknown.</summary>
    public string? User { get; init; }

    /// <summary>Whether the account belongs to Windows itself: such an account connects nothing.</summary>
    public bool IsSystem { get; init; }

    /// <summary>The process that was started.</summary>
    public required SignalProcess Process { get; init; }

    /// <summary>The processes above it, its parent first, as far as they were seen.</summary>
    public IReadOnlyList<SignalProcess> Ancestors { get; init; } = [];

    /// <summary>
    /// What repeats: the same parent, child and form of command line have the same text, whatever names, numbers and times are in them.
    /// </summary>
    /// <value>16 hexadecimal digits.</value>
    public required string Step { get; init; }

    /// <summary>The model's probability, 0–1.</summary>
    public required double Probability { get; init; }

    /// <summary>The probability of the act alone, 0–1; <see langword="null"/> from a model that does not tell them apart.</summary>
    public double? Act { get; init; }

    /// <summary>The rarity, 0–100; <see langword="null"/> when the parent is unknown.</summary>
    public double? Rarity { get; init; }

    /// <summary>The risk by the evidence, 0–100.</summary>
    public int Risk { get; init; }

    /// <summary>The severity of its finding.</summary>
    public Severity Severity { get; init; } = Severity.Low;

    /// <summary>The rules that reported it, the leading one first; none for a launch that only the model dislikes.</summary>
    public IReadOnlyList<SignalRule> Rules { get; init; } = [];

    /// <summary>ATT&amp;CK ids of what was found in it.</summary>
    public IReadOnlyList<AttackReference> Attacks { get; init; } = [];

    /// <summary>The strongest reasons in words.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Whether the deployment was still learning, so that nothing from it is an alert.</summary>
    public bool IsNote { get; init; }

    /// <summary>Whether rules reported it: a step that is an alert on its own where findings are alerts.</summary>
    [JsonIgnore]
    public bool IsFinding => Rules.Count > 0;
}

/// <summary>A process of a signal.</summary>
/// <param name="Name">File name, lower case.</param>
/// <param name="Guid">The sensor's own id of the process, if it has one.</param>
/// <param name="Pid">The process id, if known.</param>
/// <param name="CommandLine">Beginning of the command line, if known.</param>
/// <param name="Probability">The model's probability of its own launch, 0–1; <see langword="null"/> for one that was not seen.</param>
public sealed record SignalProcess(
    string Name, string? Guid = null, uint? Pid = null, string? CommandLine = null, double? Probability = null);

/// <summary>A rule that reported a signal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its title.</param>
/// <param name="Analytic">Its kind; <see langword="null"/> in signals of versions that did not store it.</param>
public sealed record SignalRule(string Id, string Name, AnalyticKind? Analytic = null);
