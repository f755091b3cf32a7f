using Changeling.Features;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Changeling.Model;

/// <summary>
/// Logistic regression over the sparse form of an event: a second opinion beside the trees, which remembers many rare words a little where trees
/// remember few words well.
/// </summary>
/// <param name="Bias">The margin of an event without any gram.</param>
/// <param name="Weights">One weight a bucket.</param>
internal sealed record LinearModel(float Bias, float[] Weights)
{
    private const int Passes = 60;

    /// <summary>A model that adds nothing.</summary>
    public static LinearModel Nothing { get; } = new(0, new float[SparseGrams.Buckets]);

    /// <summary>The same model with all it says multiplied.</summary>
    public LinearModel Scaled(double factor) => new((float)(Bias * factor), [.. Weights.Select(w => (float)(w * factor))]);

    /// <summary>The margin, in log-odds.</summary>
    public double Margin(ReadOnlySpan<int> grams)
    {
        double sum = Bias;
        foreach (var gram in grams) sum += Weights[gram];
        return sum;
    }

    /// <summary>Fits through ML.NET; the same rows give the same weights.</summary>
    public static LinearModel Fit(IReadOnlyList<ModelRow> rows, int buckets, double ridge, int seed)
    {
        var context = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, buckets);
        var view = context.Data.LoadFromEnumerable(rows.Select(r => Row.Of(r, buckets)).ToList(), schema);
        var trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            ExampleWeightColumnName = nameof(Row.Weight),
            L1Regularization = 0,
            L2Regularization = (float)ridge,
            MaximumNumberOfIterations = Passes,
            OptimizationTolerance = 1e-6f,
            NumberOfThreads = 1,
            HistorySize = 10,
        });
        var model = trainer.Fit(view).Model.SubModel;
        return new(model.Bias, [.. model.Weights]);
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        public float Weight { get; set; }

        public static Row Of(ModelRow row, int buckets)
        {
            var ones = new float[row.Grams.Length];
            Array.Fill(ones, 1f);
            return new() { Features = new(buckets, row.Grams.Length, ones, row.Grams), Label = row.Label, Weight = row.Weight };
        }
    }
}
