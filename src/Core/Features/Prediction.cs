namespace Changeling.Features;

/// <summary>The model's prediction of one event.</summary>
/// <param name="Probability">
/// 0–1: that the event is malicious, at the class ratio of the training corpus, not of a fleet.
/// </param>
/// <param name="IsMalicious">Whether <paramref name="Probability"/> reaches the model threshold.</param>
public readonly record struct Prediction(double Probability, bool IsMalicious)
{
    /// <summary>
    /// 0–1: that what the launch does is malicious, whoever starts it from wherever: the probability from the program's name and its
    /// arguments alone. <see langword="null"/> from a model that does not tell them apart.
    /// </summary>
    public double? Act { get; init; }
}

/// <summary>One feature that changed a score.</summary>
/// <param name="Feature">The feature's name from <see cref="FeatureSchema"/>.</param>
/// <param name="Weight">Signed contribution in log-odds before calibration; positive towards malicious.</param>
public readonly record struct PredictionReason(string Feature, double Weight)
{
    /// <summary>
    /// The part of this event's command line that the feature stands for, in plain form (lower case, without quotes and escapes, with
    /// what base64 hid); <see langword="null"/> where the feature is about something else.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The feature in words, for people; <see langword="null"/> from a model that has none.</summary>
    public string? Description { get; init; }
}
