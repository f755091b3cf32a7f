using Changeling.Features;

namespace Changeling.Deciding;

/// <summary>
/// Remembers the parents of recent launches: nine in ten launches have a parent with a command line that was seen before. A parent is a
/// function of its <see cref="ParentFields"/> alone, so a launch is the same with and without memory.
/// </summary>
internal sealed class RecentParents
{
    /// <summary>Maximum number of parents of a generation, of which there are two.</summary>
    private const int MaxParents = 2048;

    /// <summary>Maximum number of characters in a generation; what is kept of a parent takes about 20 bytes a character.</summary>
    private const long MaxCharacters = 512 * 1024;

    private readonly RecentValues<ParentFields, LaunchParent> _recent = new(MaxParents, MaxCharacters);

    /// <summary>Creates an empty memory.</summary>
    public RecentParents() => Of = Parent;

    /// <summary>Gives the parent of fields.</summary>
    public Func<ParentFields, LaunchParent> Of { get; }

    private LaunchParent Parent(ParentFields fields) =>
        _recent.Find(fields, fields.Length) ?? _recent.Add(fields, new(fields), fields.Length);
}
