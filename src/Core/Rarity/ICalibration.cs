namespace Changeling.Rarity;

/// <summary>Converts a raw surprise into the share of launches that are at least as surprising.</summary>
public interface ICalibration
{
    /// <summary>The share of launches at least as surprising, above 0 and at most 1; never rises with the surprise.</summary>
    /// <param name="surprise">As <c>Rarity.Surprise</c>.</param>
    double ShareAtLeast(double surprise);
}
