using System.Globalization;
using Changeling.Features;

namespace Changeling.Cli.Demo;

/// <summary>Why a step of an attack is in no incident.</summary>
internal static class MissedStep
{
    /// <summary>The reason, as the rest of a sentence that begins with the step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="model">The model that the app scores with.</param>
    public static string Why(StepOutcome step, IModel model)
    {
        if (step.IsInNote) return "in an incident that is no alert, because the app was still learning";
        if (step.HasFinding) return "a rule reported it, but it is in no incident";
        var e = step.Step.Event;
        var prediction = model.Predict(e);
        var rating = string.Create(
            CultureInfo.InvariantCulture,
            $"rated {prediction.Probability:0.00} by the model (threshold {model.Identity.Threshold:0.00})");
        if (prediction.IsMalicious) return $"{rating}, but no rule reported it";
        var against = model.Explain(e, 20, isExact: false).Where(r => r is { Weight: < 0, Description: not null })
            .OrderBy(r => r.Weight).Select(r => r.Description).FirstOrDefault();
        return against is null ? rating : $"{rating}: {against}";
    }
}
