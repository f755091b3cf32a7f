namespace Changeling.Findings;

/// <summary>
/// How many findings may still be explained exactly. An exact explanation costs more than all else that is done for an event, so a part of
/// a batch full of attacks must not have thousands of them. The findings beyond have reasons that are cheaper and less exact.
/// </summary>
internal sealed class ExplanationBudget
{
    /// <summary>Exact explanations in one part of a batch: a tenth of a second.</summary>
    public const int MaxExact = 50;

    private int _left = MaxExact;

    /// <summary>Takes one exact explanation.</summary>
    /// <returns>Whether there was one left.</returns>
    public bool TryTake() => _left-- > 0;

    /// <summary>Starts anew, for the next part of a batch.</summary>
    public void Renew() => _left = MaxExact;
}
