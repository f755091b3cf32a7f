using System.Globalization;
using Changeling.Catalogues;
using Changeling.Findings;

namespace Changeling.Incidents;

/// <summary>An incident in sentences that an analyst can read aloud. The same incident always gives the same sentences.</summary>
/// <param name="names">Names of techniques.</param>
/// <param name="maxName">Maximum length of a name of a process, a host or an account, in UTF-16 units.</param>
public sealed class Story(AttackNames names, int maxName = Story.MaxName)
{
    /// <summary>Maximum number of steps with a sentence of their own; the others are counted.</summary>
    public const int MaxSteps = 8;

    /// <summary>The usual maximum length of a name.</summary>
    public const int MaxName = 80;

    /// <summary>One sentence: how many steps, where, by whom, in which time, and how it began.</summary>
    public string Headline(Incident incident, IncidentActivity activity)
    {
        var steps = incident.Members.Count + incident.LeftOut;
        var first = First(incident);
        var what = $"{Counted(steps, "suspicious step")} {On(incident)}{By(incident)}{Within(incident)}";
        return $"{Sent(incident, activity)}{what}{(steps == 1 ? ": " : ", beginning with ")}{Name(first.Process.Name)} started by {Parent(first)}.";
    }

    /// <summary>The steps in order of time, and why the whole is worse than its parts.</summary>
    public string Tell(Incident incident) => string.Join(' ', [.. Steps(incident), Why(incident)]);

    /// <summary>One sentence: why the whole is worse than its parts.</summary>
    public string Why(Incident incident)
    {
        var members = incident.Members;
        var kinds = members.Select(m => m.Signal.Step).Distinct(StringComparer.Ordinal).Count();
        if (kinds == 1)
        {
            var seen = incident.Hosts.Count == 1 ? "" : $" It was seen on {incident.Hosts.Count} hosts{Within(incident)}, and counts once.";
            return $"This one step is reason enough: its risk is {incident.Risk} of 100.{seen}{Support(incident)}";
        }

        var weak = members.Where(m => !m.Signal.IsFinding).Select(m => m.Signal.Step).Distinct(StringComparer.Ordinal).Count();
        var steps = Counted(kinds, "different step");
        var tooWeak = weak == 0 ? "" : $", {(weak == kinds ? "all" : weak)} of them too weak for any rule";
        var tactics = incident.Tactics(names);
        string[] scope =
        [
            tactics.Count == 0 ? "" : $" with {Counted(tactics.Count, "tactic")} ({And([.. tactics.Take(6)], tactics.Count)})",
            incident.Hosts.Count == 1 ? "" : $" on {incident.Hosts.Count} hosts",
            Within(incident),
        ];
        var where = string.Concat(scope);
        return $"Together they are worse than each alone: {steps}{tooWeak}{(tooWeak.Length > 0 && where.Length > 0 ? "," : "")}{where}.{Support(incident)}";
    }

    /// <summary>Why no more messages follow; <see langword="null"/> while the incident is open.</summary>
    internal static string? Ending(Incident incident, IncidentActivity activity) => activity == IncidentActivity.Close
        ? incident.JoinedTo is { } other
            ? $"Joined to incident {other}, which contains its steps."
            : $"No new step since {At(incident.LastStep)}. Closing is not a review."
        : null;

    private static string Sent(Incident incident, IncidentActivity activity) => activity != IncidentActivity.Close
        ? ""
        : incident.JoinedTo is null ? "Closed: " : "Joined to another incident: ";

    private static string Support(Incident incident) => incident.Clusters.Count switch
    {
        0 => "",
        1 => " A finding about many launches on its hosts or accounts supports it.",
        var count => $" {count} findings about many launches on its hosts or accounts support it.",
    };

    private IEnumerable<string> Steps(Incident incident)
    {
        var members = incident.InOrder();
        var shown = members.Take(1).Concat(members.Skip(1).OrderByDescending(m => m.Weight).Take(MaxSteps - 1)).InOrder();
        Signal? before = null;
        foreach (var member in shown)
        {
            yield return Sentence(member, before);
            before = member.Signal;
        }

        var more = incident.Members.Count - shown.Count + incident.LeftOut;
        if (more > 0) yield return $"And {Counted(more, "more step")}.";
    }

    private string Sentence(IncidentMember member, Signal? before)
    {
        var signal = member.Signal;
        var times = member.Count switch
        {
            1 => "",
            2 => " twice",
            var count => string.Create(CultureInfo.InvariantCulture, $" {count:N0} times"),
        };
        var isElsewhere = before?.Host != signal.Host;
        var host = isElsewhere ? $" on {Name(signal.Host)}" : "";
        var user = signal.User is { } name && (isElsewhere || before?.User != name) ? $" as {Name(name)}" : "";
        return $"{When(signal, before)}, {Parent(signal)} started {Name(signal.Process.Name)}{times}{host}{user}{What(signal)}.";
    }

    private static string When(Signal signal, Signal? before)
    {
        if (before is null) return $"On {At(signal.Started)}";
        var later = signal.Started - before.Started;
        return later < TimeSpan.FromSeconds(1) ? "At the same time" : $"{Duration(later)} later";
    }

    /// <summary>The techniques that were found in it, or else the strongest reason.</summary>
    private string What(Signal signal)
    {
        var techniques = signal.Attacks.Select(a => names.Techniques.GetValueOrDefault(a.Technique, a.Technique))
            .Distinct(StringComparer.Ordinal).Take(2).ToList();
        if (techniques.Count > 0) return $" ({Cut(string.Join(", ", techniques))})";
        return signal.Reasons.Count > 0 ? $" ({Cut(signal.Reasons[0])})" : "";
    }

    private string Parent(Signal signal) =>
        signal.Ancestors is [{ Name.Length: > 0 } parent, ..] ? Name(parent.Name) : "an unknown process";

    private string On(Incident incident) => $"on {And([.. incident.Hosts.Take(2).Select(Name)], incident.Hosts.Count)}";

    /// <summary>Accounts of people and services; those of Windows itself only where there is no other.</summary>
    private string By(Incident incident)
    {
        var users = incident.Accounts(system: false) is { Count: > 0 } people ? people : incident.Accounts(system: true);
        return users.Count == 0 ? "" : $" by {And([.. users.Take(2).Select(Name)], users.Count)}";
    }

    private static string Within(Incident incident) =>
        incident.End - incident.Begin is var time && time < TimeSpan.FromSeconds(1) ? "" : $" within {Duration(time)}";

    private static Signal First(Incident incident) => incident.InOrder()[0].Signal;

    private static string At(DateTimeOffset time) =>
        time.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => Counted((int)Math.Round(time.TotalSeconds), "second"),
        { TotalMinutes: < 90 } => Counted((int)Math.Round(time.TotalMinutes), "minute"),
        { TotalHours: < 36 } => Counted((int)Math.Round(time.TotalHours), "hour"),
        _ => Counted((int)Math.Min(Math.Round(time.TotalDays), 10_000), "day"),
    };

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A list in words: the first of all.</summary>
    private static string And(IReadOnlyList<string> first, int all) => (first.Count, all - first.Count) switch
    {
        (1, 0) => first[0],
        (_, 0) => $"{string.Join(", ", first.SkipLast(1))} and {first[^1]}",
        (_, var more) => $"{string.Join(", ", first)} and {more} more",
    };

    private string Name(string name) => Cut(name);

    private string Cut(string text) => text.Length <= maxName ? text : string.Concat(FindingWriter.Cut(text, maxName - 3), "...");
}
