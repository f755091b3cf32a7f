using System.Collections.Frozen;
using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Features;

/// <summary>
/// What a launch does in ATT&amp;CK's words, from the telltales and behaviours that are found in it: <c>Catalogues/found-acts.txt</c>.
/// </summary>
public static class ActList
{
    private static readonly FrozenDictionary<string, AttackReference[]> Techniques = Read();

    /// <summary>The techniques of a launch in the order of the features, each once; none when nothing of the list is in it.</summary>
    /// <param name="e">The launch.</param>
    /// <param name="names">The ATT&amp;CK version: techniques that it does not have are left out.</param>
    public static IReadOnlyList<AttackReference> Of(ProcessEvent e, AttackNames names)
    {
        var launch = Launch.Of(e);
        return
        [
            .. Found("telltale.", Telltale.All, launch.Found.Telltales)
                .Concat(Found("behaviour.", BehaviourList.All, launch.Found.Behaviours))
                .SelectMany(name => Techniques.GetValueOrDefault(name, []))
                .Where(act => names.Techniques.ContainsKey(act.Technique))
                .Distinct(),
        ];
    }

    /// <summary>Whether words of attacks are in a launch: a telltale in it or in its parent, or a behaviour of the list in it.</summary>
    public static bool HasAny(ProcessEvent e)
    {
        var launch = Launch.Of(e);
        return launch.Found.Telltales.Any(count => count > 0)
            || launch.Parent.Found.Telltales.Any(count => count > 0)
            || Found("behaviour.", BehaviourList.All, launch.Found.Behaviours).Any(Techniques.ContainsKey);
    }

    private static IEnumerable<string> Found(string prefix, IReadOnlyList<Behaviour> all, ArraySegment<byte> counts) =>
        all.Where((_, i) => counts[i] > 0).Select(b => prefix + b.Name);

    private static FrozenDictionary<string, AttackReference[]> Read()
    {
        var known = Telltale.All.Select(t => "telltale." + t.Name)
            .Concat(BehaviourList.All.Select(b => "behaviour." + b.Name))
            .ToHashSet(StringComparer.Ordinal);
        return WordFile.Read(typeof(WordFile), "found-acts.txt").Groups
            .SelectMany(g => g.Items, (g, item) => (
                Act: known.Contains(item.Text) ? item.Text : throw item.Fault($"'{item.Text}' is no telltale or behaviour"),
                Technique: g.Name.Split(' ') is [var tactic, var technique]
                    ? new AttackReference(tactic, technique)
                    : throw g.Heading.Fault("expected a heading 'tactic technique:'")))
            .GroupBy(a => a.Act, a => a.Technique)
            .ToFrozenDictionary(a => a.Key, a => a.ToArray(), StringComparer.Ordinal);
    }
}
