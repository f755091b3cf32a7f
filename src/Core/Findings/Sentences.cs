using System.Globalization;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>The evidence in words: a finding's <c>message</c>.</summary>
public static class Sentences
{
    /// <summary>The sentences for an event: what happened, the model's prediction, and how unusual it is by the counts.</summary>
    public static string Of(Detection detection)
    {
        var e = detection.Evidence.Event;
        var parent = e.Parent?.Name ?? "An unknown parent";
        var model = string.Create(
            CultureInfo.InvariantCulture,
            $"The model rates the launch {detection.Evidence.Prediction.Probability:0.000} malicious (threshold {detection.Model.Threshold:0.000}).");
        var started = $"{Short(parent)} started {Short(e.Child.Name)} on {Short(e.Host.Name)}.";
        IReadOnlyList<string> parts =
        [
            started,
            Of(detection.Evidence.Blocklist),
            Of(e.Child, detection.Evidence.Masquerade),
            model,
            RarityOf(detection),
            .. detection.Rules.Select(r => Of(r.Rule, detection.Evidence)),
            .. detection.Rules.Select(HeldBack),
            .. detection.Rules.Select(r => Suppressed(r, detection)),
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0).Distinct(StringComparer.Ordinal));
    }

    private static string RarityOf(Detection detection) => detection.Evidence.Rarity is { } rarity ? Of(rarity) : "";

    private static string Of(BlocklistPattern? pattern) =>
        pattern is null ? "" : $"The launch {pattern.Description} (blocklist: {pattern.Id}).";

    private static string Of(ChildProcess child, Masquerade masquerade) => (masquerade.IsRenamed, masquerade.IsMisplaced) switch
    {
        (true, _) => $"{Short(child.Name)} is a renamed copy of {Short(masquerade.OriginalFileName!)}.",
        (_, true) => $"{Short(child.Name)} has the name of a Windows program but runs outside the Windows folders.",
        _ => "",
    };

    /// <summary>Where the child was classified as malicious before, for the rules that use it.</summary>
    private static string Of(RuleDefinition rule, Evidence evidence) => (rule.Condition, evidence) switch
    {
        ({ AsksForHosts: true }, { Hosts: { IsNew: true } hosts }) => Of(evidence.Event.Child, hosts, "on", "host", "this one"),
        ({ AsksForUsers: true }, { Users: { IsNew: true } users }) => Of(evidence.Event.Child, users, "for", "user", Short(users.Name)),
        _ => "",
    };

    private static string Of(
        ChildProcess child, FleetOccurrence occurrence, string preposition, string noun, string here) => occurrence.Count switch
        {
            0 => $"{Short(child.Name)} was not classified as malicious {preposition} any {noun} before.",
            var n => string.Create(
                CultureInfo.InvariantCulture,
                $"{Short(child.Name)} was classified as malicious {preposition} {n} other {noun}{(n == 1 ? "" : "s")} before, but never {preposition} {here}."),
        };

    private static string HeldBack(DetectedRule detected) => detected.Quota is { HeldBack: > 0 and var held }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"The hourly limit of {detected.Rule.Name} held back {held:N0} similar findings since the last one.")
        : "";

    private static string Suppressed(DetectedRule detected, Detection detection) =>
        detected.SuppressedBy is { } by && !detection.IsSuppressed
            ? $"Exception {by.Id}, {by.Name}, suppresses the rule {detected.Rule.Name}."
            : Suppressed(detected.SuppressedBy);

    /// <summary>Which exception suppresses a detection; empty for none.</summary>
    internal static string Suppressed(ExceptionItem? by) => by is { } item ? $"Suppressed by exception {item.Id}, {item.Name}." : "";

    /// <summary>
    /// The counts behind a rarity: <c>services.exe had started psexesvc.exe in 3 of 41,208 launches (212 different programs). One
    /// launch in 2,900 is this unusual.</c>
    /// </summary>
    public static string Of(RarityRating rarity)
    {
        var parent = Short(rarity.Lineage.Parent);
        return $"{Counts(rarity, parent, Short(rarity.Lineage.Child))} {Share(rarity.Share)}{Of(rarity.Confidence, parent)}";
    }

    private static string Counts(RarityRating rarity, string parent, string child)
    {
        if (rarity.ParentCount < 0.5) return $"No earlier launch by {parent} is known.";

        var launches = Counted(rarity.ParentCount, "launch", "launches");
        var programs = rarity.DistinctChildren == 0 ? "" : $" ({Counted(rarity.DistinctChildren, "program", "different programs")})";
        return rarity.ChildCount < 0.05
            ? $"{parent} had never started {child} in {launches}{programs}."
            : $"{parent} had started {child} in {Number(rarity.ChildCount)} of {launches}{programs}.";
    }

    private static string Share(double share) => TwoDigits(1 / share) is var launches && launches < 2
        ? "Launches like this are usual."
        : $"One launch in {Number(launches)} is this unusual.";

    private static string Of(HistoryConfidence? confidence, string parent) => confidence switch
    {
        HistoryConfidence.Learning => $" The history of {parent} is still in its learning period.",
        HistoryConfidence.Thin => $" The history of {parent} is short.",
        _ => "",
    };

    private static string Counted(double count, string one, string many) =>
        Number(count) is var text && text == "1" ? $"1 {one}" : $"{text} {many}";

    private static string Number(double value) =>
        value is > 0 and < 9.95 && Math.Abs(value - Math.Round(value)) > 0.05
            ? value.ToString("0.0", CultureInfo.InvariantCulture)
            : value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Two significant digits, because the calibration table is not more exact.</summary>
    private static double TwoDigits(double value)
    {
        if (value < 100) return Math.Round(value);
        var scale = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / scale) * scale;
    }

    private static string Short(string name) => name.Length <= 120 ? name : string.Concat(FindingWriter.Cut(name, 117), "...");
}
