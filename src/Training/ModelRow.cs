using Changeling.Features;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Changeling.Training;

/// <summary>ML.NET's view of a training row; it needs a mutable class.</summary>
internal sealed class ModelRow
{
    public float[] Features { get; set; } = [];

    /// <summary>The set buckets of the sparse form.</summary>
    public int[] Grams { get; set; } = [];

    /// <summary>Those of them that the act alone sets.</summary>
    public int[] ActGrams { get; set; } = [];

    public bool Label { get; set; }

    public float Weight { get; set; }

    /// <summary>Weight for the reading of the act: lower where only the context makes the label.</summary>
    public float ActWeight { get; set; }

    /// <summary>The row as the reading of the act sees it: features of the context are 0.</summary>
    public ModelRow OfAct() => new()
    {
        Features = [.. Features.Select((value, i) => i < FeatureSchema.OfAct.Count && FeatureSchema.OfAct[i] ? value : 0)],
        Grams = ActGrams,
        ActGrams = ActGrams,
        Label = Label,
        Weight = ActWeight,
        ActWeight = ActWeight,
    };

    /// <summary>A data view over rows whose vectors all have one length.</summary>
    public static IDataView View(MLContext context, IReadOnlyList<ModelRow> rows)
    {
        var schema = SchemaDefinition.Create(typeof(ModelRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        return context.Data.LoadFromEnumerable(rows, schema);
    }
}
