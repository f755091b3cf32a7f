using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>One commit as the store saw it, for the app's metrics.</summary>
/// <param name="Rows">Entities of the transaction, the watermark included: 1–100.</param>
/// <param name="Elapsed">From the request to its answer, or to the end of waiting for one.</param>
/// <param name="Outcome">What is known of it; <see langword="null"/> when the store was away.</param>
public readonly record struct CommitTook(int Rows, TimeSpan Elapsed, CommitOutcome? Outcome);
