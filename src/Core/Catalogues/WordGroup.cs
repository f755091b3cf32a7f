using System.Collections.Frozen;

namespace Changeling.Catalogues;

/// <summary>One heading of a <see cref="WordFile"/> with its items.</summary>
/// <param name="Heading">The line of the heading.</param>
/// <param name="Items">At least one, in the order of the file.</param>
public sealed record WordGroup(WordLine Heading, IReadOnlyList<WordLine> Items)
{
    /// <summary>The heading without its colon.</summary>
    public string Name => Heading.Text[..^1];

    /// <summary>The items' texts, in the order of the file.</summary>
    public string[] Texts => [.. Items.Select(i => i.Text)];

    /// <summary>The items as a set that is compared ordinally.</summary>
    public FrozenSet<string> ToSet() => Texts.ToFrozenSet(StringComparer.Ordinal);
}
