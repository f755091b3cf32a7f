using Changeling.Events;

namespace Changeling.Training.Unseen;

/// <summary>One launch of the case files, which no model is trained on.</summary>
/// <param name="Id">Its stable id.</param>
/// <param name="Kind">What kind of attack or of ordinary launch it is.</param>
/// <param name="Label">1 attack, 0 ordinary, <see langword="null"/> undecided: not counted.</param>
/// <param name="Event">The launch.</param>
/// <param name="Base">The id of the launch that it is another form of; <see langword="null"/> outside the evasion file.</param>
/// <param name="Transform">How its form differs from the base; <see langword="null"/> outside the evasion file.</param>
public sealed record LaunchCase(string Id, string Kind, int? Label, ProcessEvent Event, string? Base, string? Transform);
