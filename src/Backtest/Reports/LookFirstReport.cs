using Changeling.Events;
using Changeling.Incidents;

namespace Changeling.Backtest.Reports;

/// <summary>A command that rules reported again and again, for a person to judge.</summary>
/// <param name="Step">Names the command: parent, child, and the words of the command line without names, numbers and users.</param>
/// <param name="Lineage">Parent and child.</param>
/// <param name="CommandLine">The command line of the last finding; <see langword="null"/> if the source has none.</param>
/// <param name="Rules">The rules that fired.</param>
/// <param name="Findings">Number of findings.</param>
/// <param name="ShareTogether">The share of all findings that people look at, with the commands before it, 0–1.</param>
/// <param name="Hosts">Number of hosts with these findings.</param>
/// <param name="FirstSeen">The event time of the first finding, UTC.</param>
/// <param name="LastSeen">The event time of the last finding, UTC.</param>
/// <param name="Finding">The id of the last finding, as an example.</param>
/// <param name="Fleet">What the fleet does otherwise.</param>
/// <param name="TrueFindings">Steps of attacks among the findings; <see langword="null"/> without truth.</param>
public sealed record LookFirstReport(
    string Step,
    string Lineage,
    string? CommandLine,
    IReadOnlyList<string> Rules,
    int Findings,
    double ShareTogether,
    int Hosts,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    string Finding,
    FleetLaunches Fleet,
    int? TrueFindings)
{
    /// <summary>Whether a launch is this command.</summary>
    public bool Covers(ProcessEvent launch) => StepName.Of(launch) == Step;
}

/// <summary>How often the fleet starts the same programs, over the whole history.</summary>
/// <param name="Pair">Launches of this child by this parent.</param>
/// <param name="PairReported">Findings on these after the learning period.</param>
/// <param name="Child">Launches of this child by any parent.</param>
/// <param name="Parent">Launches of any child by this parent.</param>
public sealed record FleetLaunches(long Pair, int PairReported, long Child, long Parent);
