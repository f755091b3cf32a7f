using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Size, duration and outcome of one commit, for the app's metrics.</summary>
/// <param name="Rows">Entities of the transaction, the watermark included: 1–100.</param>
/// <param name="Elapsed">From the request to its answer, or to the end of waiting for one.</param>
/// <param name="Outcome">The outcome; <see langword="null"/> when the store could not be used.</param>
public readonly record struct CommitTook(int Rows, TimeSpan Elapsed, CommitOutcome? Outcome);
