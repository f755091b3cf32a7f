namespace Changeling.Features;

/// <summary>What one feature means.</summary>
/// <param name="Name">Stable name, <c>group.name</c>; shown in detections.</param>
/// <param name="Unit">What is counted or measured.</param>
/// <param name="Range">Smallest and largest value.</param>
public sealed record FeatureDefinition(string Name, string Unit, string Range);

/// <summary>A feature with the function that computes it, so that name, meaning and value stay together.</summary>
internal sealed record Feature(string Name, string Unit, string Range, Func<Launch, float> Value)
{
    public static Feature Flag(string name, Func<Launch, bool> isSet) => new(name, "flag", "0 or 1", l => isSet(l) ? 1f : 0f);

    public static Feature Count(string name, string unit, int most, Func<Launch, int> count) =>
        new(name, unit, $"0–{most}", l => Math.Min(count(l), most));

    /// <summary>log₂(1 + count), so that few tree splits cover large counts.</summary>
    public static Feature Log(string name, string unit, Func<Launch, int> count) =>
        new(name, $"log₂ of 1 + {unit}", "0–14", l => MathF.Log2(1 + count(l)));

    public static Feature Share(string name, string unit, Func<Launch, float> share) => new(name, unit, "0–1", share);
}
