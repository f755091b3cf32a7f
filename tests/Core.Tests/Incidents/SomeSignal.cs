using System.Globalization;
using Changeling.Features;
using Changeling.Incidents;

namespace Changeling.Core.Tests.Incidents;

/// <summary>Signals for tests, which name only what matters to them.</summary>
internal static class SomeSignal
{
    public static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A launch that is an incident alone.</summary>
    public const double Certain = 0.999;

    /// <summary>A launch that is none alone, and one together with two others.</summary>
    public const double Doubtful = 0.7;

    public static Signal Of(
        string child, double minute = 0, double probability = Doubtful, string host = "ws-1", string? user = @"corp\anna",
        string? guid = null, string parent = "cmd.exe", string? parentGuid = null, bool isSystem = false, double rarity = 70,
        bool isNote = false) => new()
        {
            Uid = Guid.NewGuid(),
            Time = Start.AddMinutes(minute),
            Started = Start.AddMinutes(minute),
            Host = host,
            User = user,
            IsSystem = isSystem,
            Process = new(child, guid, null, $"{child} /do", probability),
            Ancestors = [new(parent, parentGuid)],
            Step = StepOf(parent, child),
            Probability = probability,
            Act = probability,
            Rarity = rarity,
            Risk = 40,
            IsNote = isNote,
            Rules = probability >= Certain ? [new("unusual-process-by-parent", "Unusual Process Spawned by a Parent Process")] : [],
        };

    public static string StepOf(string parent, string child) => string.Create(
        CultureInfo.InvariantCulture, $"{StableHash.Of(parent, child):x8}{StableHash.Of(child, parent):x8}");
}
