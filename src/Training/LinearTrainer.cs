using Changeling.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Changeling.Training;

/// <summary>Fits a <see cref="LinearModel"/> through ML.NET.</summary>
internal static class LinearTrainer
{
    private const int Passes = 60;

    /// <summary>Fits; the same rows give the same weights.</summary>
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
