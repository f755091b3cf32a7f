using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Draws again what a made attack row only assumes: its parent and its rights. Published attack commands come without them; left as
/// they are, the model would learn that children of two shells are attacks.
/// </summary>
internal static class AssumedFields
{
    /// <summary>Programs that attacks are started from, in recordings and reports.</summary>
    private static readonly string[] Parents = OwnRow.File("assumed-parents.txt")["parents"].Texts;

    public static ProcessEvent Redraw(ProcessEvent e, Random random)
    {
        var parent = Parents[random.Next(Parents.Length)];
        var level = random.NextDouble() switch
        {
            < 0.55 => IntegrityLevel.Medium,
            < 0.85 => IntegrityLevel.High,
            _ => IntegrityLevel.System,
        };
        return e with
        {
            Parent = new() { Name = parent[(parent.LastIndexOf('\\') + 1)..], Path = parent },
            User = level == IntegrityLevel.System ? new("SYSTEM", "NT AUTHORITY", "S-1-5-18") : new("user", "CORP"),
            Child = e.Child with { Integrity = level },
        };
    }
}
