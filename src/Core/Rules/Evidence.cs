using Changeling.Baseline;
using Changeling.Events;
using Changeling.Features;

namespace Changeling.Rules;

/// <summary>All that is known of one event when the rules look at it; every rule reads the same.</summary>
/// <param name="Event">The event.</param>
/// <param name="Prediction">The model's judgement.</param>
/// <param name="Rarity">How unusual the child is for its parent; <see langword="null"/> when the parent is unknown.</param>
public sealed record Evidence(ProcessEvent Event, Prediction Prediction, Rarity? Rarity);
