using Changeling.Events;
using Changeling.Features;

namespace Changeling.Core.Tests.Features;

/// <summary>One feature of one event, by name.</summary>
internal static class Feature
{
    private static readonly Dictionary<string, int> Index =
        FeatureSchema.Definitions.Select((d, i) => (d.Name, i)).ToDictionary(x => x.Name, x => x.i);

    public static float Of(ProcessEvent processEvent, string name) => FeatureExtractor.Extract(processEvent).Values[Index[name]];
}
