namespace Changeling.Features;

/// <summary>
/// All that is read of an event for what its features say of the parent alone: two events with the same fields have the same parent for
/// the model.
/// </summary>
/// <param name="Name">File name; the usual one if the source has none.</param>
/// <param name="Path">Its path, if known.</param>
/// <param name="CommandLine">Its command line, if known.</param>
internal readonly record struct ParentFields(string Name, string? Path, string? CommandLine)
{
    /// <summary>Number of characters of all texts.</summary>
    public int Length => Name.Length + (Path?.Length ?? 0) + (CommandLine?.Length ?? 0);
}

/// <summary>
/// The parent of a <see cref="Launch"/>, with the features of it alone. A program often starts many others, so the same parent is kept and
/// used again.
/// </summary>
internal sealed class LaunchParent
{
    /// <summary>Reads a parent. Time and memory are limited for any event.</summary>
    public LaunchParent(ParentFields fields)
    {
        Text = fields.CommandLine ?? "";
        Name = ProgramName.Lower(fields.Name);
        Program = KnownBinaries.Of(Name);
        Path = ProgramName.Lower(fields.Path) is { Length: > 0 } path ? path : ProgramName.UsualPath(Name);
        Place = ProgramName.PlaceOf(Path, Program);
        Stem = ProgramName.Stem(Name);
        CommandLine = CommandLineText.Of(fields.CommandLine ?? Path, Path, Name);
        Words = FoldedWords.Of(CommandLine.Effective);
        Found = new(CommandLine.Effective, CommandLine.Comment, Stem, pair: "");
        NameShape = NameShape.Of(fields.Path ?? Name);
        Features = FeatureExtractor.OfParent(this);
        Grams = SparseGrams.OfParent(this);
    }

    /// <summary>The command line as it came; empty if the source has none.</summary>
    public string Text { get; }

    public string Name { get; }

    /// <summary>The name without its extension.</summary>
    public string Stem { get; }

    public string Path { get; }

    public PathPlace Place { get; }

    /// <summary>What is known of it.</summary>
    public KnownBinary Program { get; }

    public BinaryKind Kind => Program.Kind;

    /// <summary>The command line; the path if the source has none.</summary>
    public CommandLineText CommandLine { get; }

    /// <summary>The folded words of the plain arguments.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>What the lists of words find in name and arguments, but for routine uses.</summary>
    public FoundTerms Found { get; }

    /// <summary>The name and the plain arguments: the text that telltales are searched in.</summary>
    public string TelltaleText => $" {Stem}{CommandLine.Effective}";

    public NameShape NameShape { get; }

    /// <summary>The dense features of the parent alone that are not 0.</summary>
    public (int Feature, float Value)[] Features { get; }

    /// <summary>The buckets of <see cref="SparseGrams"/> that the parent alone sets.</summary>
    public int[] Grams { get; }
}
