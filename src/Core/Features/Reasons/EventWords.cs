using System.Collections.Frozen;
using Changeling.Events;

namespace Changeling.Features;

/// <summary>What features are called when the talk is of one event: the part of its text they stand for, and a phrase.</summary>
internal sealed class EventWords
{
    private const string OfParent = "parent.";
    private const string Kinds = "behaviour.kinds";
    private const string Integrity = "privilege.integrity";

    private static readonly FrozenDictionary<string, int> Indices =
        FeatureSchema.Computed.Index().ToFrozenDictionary(f => f.Item.Name, f => f.Index, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Behaviour> Behaviours =
        BehaviourList.All.ToFrozenDictionary(b => "behaviour." + b.Name, StringComparer.Ordinal);

    private readonly Launch _launch;
    private readonly FoldedPlaces _places;
    private readonly Lazy<FoldedPlaces> _parentPlaces;

    public EventWords(ProcessEvent processEvent)
    {
        _launch = Launch.Of(processEvent);
        _places = new(_launch.CommandLine.Effective);
        _parentPlaces = new(() => new(CommandLineText.Of(processEvent.Parent?.CommandLine ?? "", _launch.ParentPath, _launch.ParentName).Effective));
    }

    /// <summary>The part of the plain command line that a feature stands for; <see langword="null"/> where it is about something else.</summary>
    public string? Of(string feature)
    {
        var colon = feature.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? OfBehaviour(feature) : OfGram(feature[..colon], feature[(colon + 1)..]);
    }

    /// <summary>The feature in words.</summary>
    public string Phrase(string feature)
    {
        var colon = feature.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0) return GramPhrases.Of(feature[..colon], feature[(colon + 1)..], Of(feature));
        if (!Indices.TryGetValue(feature, out var index)) return FeaturePhrases.Of(feature, unit: "", value: null);
        var computed = FeatureSchema.Computed[index];
        var phrase = FeaturePhrases.Of(feature, computed.Unit, computed.Value(_launch));
        if (feature == Integrity) return $"integrity level {GramPhrases.Words(_launch.Integrity.ToString())}";
        return feature == Kinds && KindsFound() is { Count: > 0 } kinds ? $"{phrase}: {string.Join(", ", kinds)}" : phrase;
    }

    private List<string> KindsFound() =>
        [.. BehaviourList.All.Where((_, i) => _launch.Behaviours[i] > 0).Select(b => FeaturePhrases.Of($"behaviour.{b.Name}", unit: "", value: 1))];

    private string? OfBehaviour(string feature)
    {
        var isOfParent = feature.StartsWith(OfParent, StringComparison.Ordinal);
        return Behaviours.TryGetValue(isOfParent ? feature[OfParent.Length..] : feature, out var behaviour)
            ? behaviour.FirstIn(isOfParent ? _parentPlaces.Value.Text : _places.Text)
            : null;
    }

    private string? OfGram(string kind, string gram) => kind switch
    {
        "command_line.word" => _places.OfWords(gram),
        "command_line.trigram" or "command_line.gram" => _places.OfLetters(gram),
        "child.word" => _places.OfWords(gram[(gram.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
        "parent.word" => _parentPlaces.Value.OfWords(gram),
        _ => null,
    };
}
