using System.Collections.Frozen;

namespace Changeling.Features;

/// <summary>What features are called when the talk is of one event: the part of its text they stand for, and a phrase.</summary>
internal sealed class EventWords
{
    private const string OfParent = "parent.";
    private const int MaxTelltales = 4;
    private const string Integrity = "privilege.integrity";

    private static readonly FrozenDictionary<string, int> Indices =
        FeatureSchema.Computed.Index().ToFrozenDictionary(f => f.Item.Name, f => f.Index, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Behaviour> Behaviours =
        BehaviourList.All.ToFrozenDictionary(b => "behaviour." + b.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Behaviour> Telltales =
        Telltale.All.ToFrozenDictionary(b => "telltale." + b.Name, StringComparer.Ordinal);

    private readonly Launch _launch;
    private readonly Lazy<FoldedPlaces> _places;
    private readonly Lazy<FoldedPlaces> _parentPlaces;
    private readonly Lazy<float[]> _values;

    public EventWords(Launch launch)
    {
        _launch = launch;
        _places = new(() => new(_launch.CommandLine.Effective, _launch.Words));
        _parentPlaces = new(PlacesOfParent);
        _values = new(() => FeatureExtractor.Extract(_launch).Values);
    }

    /// <summary>
    /// The part of the plain command line that a feature stands for; <see langword="null"/> where it is about something else.
    /// </summary>
    public string? Of(string feature)
    {
        var colon = feature.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? OfBehaviour(feature) : OfGram(feature[..colon], feature[(colon + 1)..]);
    }

    /// <summary>The feature in words.</summary>
    /// <param name="feature">Its name.</param>
    /// <param name="text">The part of the plain command line that it stands for (<see cref="Of"/>).</param>
    public string Phrase(string feature, string? text)
    {
        var colon = feature.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0) return GramPhrases.Of(feature[..colon], feature[(colon + 1)..], text);
        if (!Indices.TryGetValue(feature, out var index)) return FeaturePhrases.Of(feature, unit: "", value: null);
        var computed = FeatureSchema.Computed[index];
        var phrase = FeaturePhrases.Of(feature, computed.Unit, _values.Value[index]);
        if (feature == Integrity) return $"integrity level {GramPhrases.Words(_launch.Integrity.ToString())}";
        if (_values.Value[index] > 0 && Technique(feature) is { } technique) return $"{phrase}: {technique}";
        return Found(feature) is { Count: > 0 } found ? $"{phrase}: {string.Join(", ", found)}" : phrase;
    }

    /// <summary>
    /// The technique that the program is best known for which a feature calls a LOLBin, with its name: <c>certutil.exe, T1105 Ingress Tool
    /// Transfer</c>.
    /// </summary>
    private string? Technique(string feature)
    {
        var program = feature switch
        {
            "child.lolbin" => _launch.ChildName,
            "parent.lolbin" => _launch.Parent.Name,
            "inner.lolbin" => _launch.Inner,
            "masquerade.original_is_lolbin" => _launch.OriginalStem + ".exe",
            _ => "",
        };
        return LolBinCatalogue.Shipped.TechniqueInWords(program) is { } technique ? $"{program}, {technique}" : null;
    }

    /// <summary>What a sum was made of: the behaviours, telltales or routine uses of this event.</summary>
    private List<string> Found(string sum) => sum switch
    {
        "behaviour.kinds" => Present("behaviour.", BehaviourList.All, _launch.Found.Behaviours),
        "parent.behaviour.kinds" => Present("behaviour.", BehaviourList.All, _launch.Parent.Found.Behaviours),
        "telltale.kinds" or Reasons.TelltaleTerms => Present("telltale.", Telltale.All, _launch.Found.Telltales),
        "parent.telltale.kinds" or OfParent + Reasons.TelltaleTerms => Present("telltale.", Telltale.All, _launch.Parent.Found.Telltales),
        "custom.kinds" => Present("custom.", RoutineUse.All, _launch.Found.RoutineUses),
        _ => [],
    };

    private static List<string> Present(string group, IReadOnlyList<Behaviour> all, ArraySegment<byte> counts) =>
        [.. all.Where((_, i) => counts[i] > 0).Select(b => FeaturePhrases.Of(group + b.Name, unit: "", value: 1))];

    /// <summary>Without a command line the parent's path was read in its place, and no text is quoted from that.</summary>
    private FoldedPlaces PlacesOfParent()
    {
        if (_launch.Parent.Text.Length > 0) return new(_launch.Parent.CommandLine.Effective, _launch.Parent.Words);
        var text = CommandLineText.Of("", _launch.Parent.Path, _launch.Parent.Name).Effective;
        return new(text, FoldedWords.Of(text));
    }

    private string? OfBehaviour(string feature)
    {
        var isOfParent = feature.StartsWith(OfParent, StringComparison.Ordinal);
        var name = isOfParent ? feature[OfParent.Length..] : feature;
        var text = isOfParent ? _launch.Parent.TelltaleText : _launch.TelltaleText;
        if (name == Reasons.TelltaleTerms) return OfTelltales(isOfParent ? _launch.Parent.Found.Telltales : _launch.Found.Telltales, text);
        if (Telltales.TryGetValue(name, out var telltale)) return telltale.FirstIn(text);
        return Behaviours.TryGetValue(name, out var behaviour)
            ? behaviour.FirstIn(isOfParent ? _parentPlaces.Value.Text : _launch.CommandLine.Effective)
            : null;
    }

    /// <summary>The words of the first telltales, as many as fit a line.</summary>
    private static string? OfTelltales(ArraySegment<byte> counts, string text)
    {
        var words = Telltale.All.Where((_, i) => counts[i] > 0).Select(t => t.FirstIn(text)).OfType<string>().Take(MaxTelltales).ToList();
        return words.Count == 0 ? null : string.Join("; ", words);
    }

    private string? OfGram(string kind, string gram) => kind switch
    {
        "command_line.word" => _places.Value.OfWords(gram),
        "command_line.trigram" or "command_line.gram" => _places.Value.OfLetters(gram),
        "child.word" => _places.Value.OfWords(gram[(gram.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
        "parent.word" => _parentPlaces.Value.OfWords(gram),
        _ => null,
    };
}
