using Changeling.Events;

namespace Changeling.Features;

/// <summary>One feature that an event has.</summary>
/// <param name="Name">Its name; a hashed one is called after the text that fell into it.</param>
/// <param name="Value">Its value, not 0.</param>
/// <param name="Description">The feature in words.</param>
public readonly record struct EventFeature(string Name, float Value, string Description)
{
    /// <summary>What it belongs to: <c>command_line</c>, <c>child</c>, <c>behaviour</c>, …</summary>
    public string Group => Name[..Name.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>The features of one event that are not 0, for people who want to see what the model saw.</summary>
public static class EventFeatures
{
    /// <summary>All that are not 0, in the order of <see cref="FeatureSchema"/>.</summary>
    public static IReadOnlyList<EventFeature> Of(ProcessEvent processEvent)
    {
        var launch = Launch.Of(processEvent);
        var values = FeatureExtractor.Extract(launch).Values;
        var set = Enumerable.Range(0, values.Length).Where(i => values[i] != 0).ToList();
        var words = new EventWords(launch);
        return
        [
            .. set.Zip(
                FeatureExtractor.Describe(launch, set),
                (i, name) => new EventFeature(name, values[i], words.Phrase(name, words.Of(name)))),
        ];
    }
}
