using System.Globalization;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>The evidence in words, as it stands in a finding's <c>message</c>.</summary>
public static class Sentences
{
    /// <summary>One sentence for what happened, one for the model, one for the baseline.</summary>
    public static string Of(Detection detection)
    {
        var e = detection.Evidence.Event;
        var parent = e.Parent?.Name ?? "an unknown parent";
        var model = string.Create(
            CultureInfo.InvariantCulture,
            $"The model gives {detection.Evidence.Prediction.Probability:0.000} (threshold {detection.Model.Threshold:0.000}).");
        var started = $"{Short(parent)} started {Short(e.Child.Name)} on {Short(e.Host.Name)}.";
        var parts = new[] { started, Of(detection.Evidence.Blocklist), Of(e.Child, detection.Evidence.Masquerade), model, RarityOf(detection), Of(detection.Rule, detection.Evidence), HeldBack(detection), Suppressed(detection.SuppressedBy) };
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string RarityOf(Detection detection) => detection.Evidence.Rarity is { } rarity ? Of(rarity) : "";

    private static string Of(BlocklistPattern? pattern) => pattern is null ? "" : $"The launch {pattern.Says} (blocklist: {pattern.Id}).";

    private static string Of(ChildProcess child, Masquerade masquerade) => (masquerade.IsRenamed, masquerade.IsMisplaced) switch
    {
        (true, _) => $"{Short(child.Name)} is {Short(masquerade.OriginalFileName!)} under another name.",
        (_, true) => $"{Short(child.Name)} bears the name of a program of Windows and runs outside its folders.",
        _ => "",
    };

    /// <summary>Where the child was taken for malicious before, for the rules that ask for it.</summary>
    private static string Of(RuleDefinition rule, Evidence evidence) => (rule.Condition, evidence) switch
    {
        ({ AsksForHosts: true }, { Hosts: { IsNew: true } hosts }) => $"{Short(evidence.Event.Child.Name)} was taken for malicious on {Others(hosts, "host")} before, never on this one.",
        ({ AsksForUsers: true }, { Users: { IsNew: true } users }) => $"{Short(evidence.Event.Child.Name)} was taken for malicious for {Others(users, "user")} before, never for {Short(users.Name)}.",
        _ => "",
    };

    private static string Others(Spread spread, string noun) => spread.Count switch
    {
        0 => $"no {noun}",
        1 => $"1 other {noun}",
        var n => string.Create(CultureInfo.InvariantCulture, $"{n} other {noun}s"),
    };

    private static string HeldBack(Detection detection) => detection.Quota is { HeldBack: > 0 and var held }
        ? string.Create(CultureInfo.InvariantCulture, $"{held:N0} more of these were held back since the last one.")
        : "";

    /// <summary>Which exception suppresses a detection; empty for none.</summary>
    internal static string Suppressed(ExceptionItem? by) => by is { } item ? $"Suppressed by exception {item.Id}, {item.Name}." : "";

    /// <summary>The counts behind a rarity: <c>3 of 41,208 launches by services.exe; 212 distinct children; one launch in 2,900 is this unusual.</c></summary>
    public static string Of(RarityRating rarity)
    {
        var (parent, child) = (Short(rarity.Lineage.Parent), Short(rarity.Lineage.Child));
        var launches = Number(rarity.ParentCount);
        var seen = (rarity.ParentCount, rarity.ChildCount) switch
        {
            ( < 0.5, _) => $"No launch by {parent} is known here yet",
            (_, < 0.05) => $"None of {launches} launches by {parent} was {child}",
            _ => $"{Number(rarity.ChildCount)} of {launches} launches by {parent} were {child}",
        };
        var distinct = rarity.DistinctChildren switch
        {
            0 => "",
            1 => "; 1 distinct child",
            var n => string.Create(CultureInfo.InvariantCulture, $"; {n:N0} distinct children"),
        };
        return $"{seen}{distinct}; one launch in {Number(TwoDigits(1 / rarity.Share))} is this unusual.{Of(rarity.Confidence, parent)}";
    }

    private static string Of(HistoryConfidence? confidence, string parent) => confidence switch
    {
        HistoryConfidence.Learning => $" What {parent} starts is still being learnt.",
        HistoryConfidence.Thin => $" Little is known of {parent} yet.",
        _ => "",
    };

    private static string Number(double value) =>
        value is > 0 and < 9.95 && Math.Abs(value - Math.Round(value)) > 0.05
            ? value.ToString("0.0", CultureInfo.InvariantCulture)
            : value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>5,203 claims more than a calibration table knows: two digits do.</summary>
    private static double TwoDigits(double value)
    {
        if (value < 100) return Math.Round(value);
        var scale = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / scale) * scale;
    }

    private static string Short(string name) => name.Length <= 120 ? name : string.Concat(FindingWriter.Cut(name, 117), "...");
}
