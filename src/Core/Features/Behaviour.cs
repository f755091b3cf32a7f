using Changeling.Catalogues;

namespace Changeling.Features;

/// <summary>
/// An action of commands, found by words in the plain command line: one heading of a file in <c>Words</c>. The words are names from Windows
/// and its tools. The model weighs them; no single word decides.
/// </summary>
/// <param name="Name">Short name, part of the feature's name.</param>
/// <param name="Terms">Alternatives, at least one.</param>
internal sealed record Behaviour(string Name, IReadOnlyList<BehaviourTerm> Terms)
{
    /// <summary>Maximum number of terms that are counted for one behaviour.</summary>
    public const int MaxTerms = 3;

    /// <summary>The parts of all terms.</summary>
    public IEnumerable<TextPart> Parts => Terms.SelectMany(term => term.Parts);

    /// <summary>Reads a file of behaviours; each heading is one.</summary>
    /// <param name="path">For example <c>Words/telltales.txt</c>.</param>
    /// <exception cref="InvalidDataException">The file is malformed; the message names file and line.</exception>
    public static IReadOnlyList<Behaviour> Read(string path) => Of(WordFile.Read(typeof(Behaviour), path));

    /// <summary>The behaviours of a file.</summary>
    /// <exception cref="InvalidDataException">A term can never be found; the message names file and line.</exception>
    public static IReadOnlyList<Behaviour> Of(WordFile file) =>
        [.. file.Groups.Select(g => new Behaviour(g.Name, [.. g.Items.Select(BehaviourTerm.Parse)]))];

    /// <summary>The words of the first term of this behaviour that is in a plain text.</summary>
    /// <returns><see langword="null"/> when no term is in it.</returns>
    public string? FirstIn(string text) => Terms.FirstOrDefault(term => term.IsIn(text))?.Words;
}
