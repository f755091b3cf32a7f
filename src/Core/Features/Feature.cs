namespace Changeling.Features;

/// <summary>What one feature means.</summary>
/// <param name="Name">Stable name, <c>group.name</c>; shown in detections.</param>
/// <param name="Unit">What is counted or measured.</param>
/// <param name="Range">Smallest and largest value.</param>
public sealed record FeatureDefinition(string Name, string Unit, string Range);

/// <summary>One feature, or several of one kind.</summary>
/// <param name="Definitions">What they mean, in their order.</param>
internal abstract record Feature(IReadOnlyList<FeatureDefinition> Definitions);

/// <summary>Features with the function that computes them, so that name, meaning and value stay together.</summary>
/// <param name="Definitions">What they mean, in their order.</param>
/// <param name="Write">Writes one value for each; what it does not write stays 0.</param>
/// <typeparam name="T">What they are features of: the whole launch, or its parent alone.</typeparam>
internal sealed record Feature<T>(IReadOnlyList<FeatureDefinition> Definitions, FeatureWriter<T> Write) : Feature(Definitions)
{
    public static Feature<T> Value(string name, string unit, string range, Func<T, float> value) =>
        new([new(name, unit, range)], (source, values) => values[0] = value(source));

    public static Feature<T> Flag(string name, Func<T, bool> isSet) =>
        new([new(name, "flag", "0 or 1")], (source, values) => values[0] = isSet(source) ? 1 : 0);

    public static Feature<T> Count(string name, string unit, int most, Func<T, int> count) =>
        new([new(name, unit, $"0–{most}")], (source, values) => values[0] = Math.Min(count(source), most));

    /// <summary>log₂(1 + count), so that few tree splits cover large counts.</summary>
    public static Feature<T> Log(string name, string unit, Func<T, int> count) =>
        Value(name, $"log₂ of 1 + {unit}", "0–14", source => MathF.Log2(1 + count(source)));

    public static Feature<T> Share(string name, string unit, Func<T, float> share) => Value(name, unit, "0–1", share);

    /// <summary>A flag for each of some names, of which at most one is set.</summary>
    /// <param name="names">The names of the flags.</param>
    /// <param name="index">The index of the one that is set; none when it is outside.</param>
    public static Feature<T> OneOf(IEnumerable<string> names, Func<T, int> index) =>
        new([.. names.Select(name => new FeatureDefinition(name, "flag", "0 or 1"))], (source, values) =>
        {
            var set = index(source);
            if ((uint)set < (uint)values.Length) values[set] = 1;
        });

    /// <summary>The number of terms found for each behaviour of a list.</summary>
    /// <param name="group">What their names begin with.</param>
    /// <param name="behaviours">The list.</param>
    /// <param name="counts">The counts, in the order of the list.</param>
    public static Feature<T> Terms(string group, IReadOnlyList<Behaviour> behaviours, Func<T, ArraySegment<byte>> counts) =>
        new([.. behaviours.Select(b => new FeatureDefinition($"{group}.{b.Name}", "terms found", $"0–{Behaviour.MaxTerms}"))],
            (source, values) =>
            {
                var found = counts(source).AsSpan();
                for (var i = 0; i < found.Length; i++) values[i] = found[i];
            });

    /// <summary>The number of behaviours of a list of which a term was found.</summary>
    public static Feature<T> Kinds(string name, string unit, int most, Func<T, ArraySegment<byte>> counts) =>
        Count(name, unit, most, source =>
        {
            var found = counts(source).AsSpan();
            return found.Length - found.Count((byte)0);
        });

    /// <summary>The number of all terms of a list that were found.</summary>
    public static Feature<T> Sum(string name, int most, Func<T, ArraySegment<byte>> counts) => Count(name, "terms found", most, source =>
    {
        var sum = 0;
        foreach (var count in counts(source).AsSpan()) sum += count;
        return sum;
    });
}

/// <summary>Writes the values of features of a source, all 0 before.</summary>
internal delegate void FeatureWriter<in T>(T source, Span<float> values);
