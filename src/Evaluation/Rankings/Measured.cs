using Changeling.Training;

namespace Changeling.Evaluation.Rankings;

/// <summary>One launch with the values of all measures.</summary>
/// <param name="Row">The recorded row; <see langword="null"/> for a launch of a simulated fleet.</param>
/// <param name="Surprises">By measure, in the order of <see cref="Measures.Of"/>.</param>
/// <param name="Probability">The model's probability; <see cref="double.NaN"/> without a model.</param>
/// <param name="Weight">1 for a fleet's launch; recorded combinations of parent, child and command weigh 1 together.</param>
internal sealed record Measured(CorpusRow? Row, double[] Surprises, double Probability, double Weight)
{
    public bool IsAttack => Row?.Label == 1;
}
