using Changeling.Events;

namespace Changeling.Features;

/// <summary>
/// One process creation as input of the features. A missing field has the value of the ordinary case, so that the features do not show
/// which fields the source lacks.
/// </summary>
/// <remarks>
/// Not used, because only some sources have them or because they are specific to one fleet: host, user name, hashes, signature, process ids
/// and times.
/// </remarks>
public sealed class Launch
{
    private Launch(LaunchFields fields, Func<ParentFields, LaunchParent> parentOf)
    {
        Fields = fields;
        IsSystemAccount = fields.IsSystemAccount || fields.Integrity is IntegrityLevel.System or IntegrityLevel.Protected;
        Integrity = fields.Integrity ?? (IsSystemAccount ? IntegrityLevel.System : IntegrityLevel.Medium);
        IsElevated = Integrity == IntegrityLevel.High || fields.Elevation == TokenElevation.Full;

        ChildName = ProgramName.Lower(fields.Child);
        Child = KnownBinaries.Of(ChildName);
        ChildPath = ProgramName.Lower(fields.ChildPath) is { Length: > 0 } path ? path : ProgramName.UsualPath(ChildName);
        ChildPlace = ProgramName.PlaceOf(ChildPath, Child);
        ChildStem = ProgramName.Stem(ChildName);
        OriginalStem = fields.OriginalFileName is { Length: > 0 } original ? OriginalName(original) : ChildStem;
        var parentName = fields.Parent is { Length: > 0 } parent ? parent : UsualParent();
        Parent = parentOf(new(parentName, fields.ParentPath, fields.ParentCommandLine));

        CommandLine = CommandLineText.Of(fields.CommandLine ?? ChildPath, ChildPath, ChildName);
        Characters = new(CommandLine.Arguments);
        Folded = FoldedWords.Text(CommandLine.Effective);
        Inner = InnerProgram.Of(this);
        Found = new(CommandLine.Effective, CommandLine.Comment, Names, $"{Parent.Stem}>{ChildStem}");
        Loaded = LoadedLibrary.Of(this);
        NameOfChild = NameShape.Of(fields.ChildPath ?? fields.Child);
    }

    /// <summary>All that was read of the event.</summary>
    public LaunchFields Fields { get; }

    internal string ChildName { get; }

    /// <summary>What is known of the child.</summary>
    internal KnownBinary Child { get; }

    /// <summary>The name without its extension.</summary>
    internal string ChildStem { get; }

    internal string ChildPath { get; }

    internal PathPlace ChildPlace { get; }

    internal BinaryKind ChildKind => Child.Kind;

    /// <summary>
    /// The original name of the version resource, in lower case, without extension; the child's own name if the source has none.
    /// </summary>
    internal string OriginalStem { get; }

    /// <summary>The child's names, including the original one, and its plain arguments: the text that telltales are searched in.</summary>
    internal string TelltaleText => $" {Names}{CommandLine.Effective}";

    /// <summary>The process that started the child.</summary>
    internal LaunchParent Parent { get; }

    internal IntegrityLevel Integrity { get; }

    internal bool IsElevated { get; }

    internal bool IsSystemAccount { get; }

    internal CommandLineText CommandLine { get; }

    /// <summary>The characters of the arguments as received.</summary>
    internal CharacterCounts Characters { get; }

    /// <summary>The folded words of the plain arguments in one text, a blank between them.</summary>
    internal string Folded { get; }

    /// <summary>The folded words, one by one.</summary>
    internal IReadOnlyList<string> Words => field ??= FoldedWords.Split(Folded);

    /// <summary>The program that a shell will start; empty if there is none.</summary>
    internal string Inner { get; }

    /// <summary>The library that a loader of Windows is asked to load.</summary>
    internal LoadedLibrary Loaded { get; }

    /// <summary>What the lists of words find in names and arguments.</summary>
    internal FoundTerms Found { get; }

    internal NameShape NameOfChild { get; }

    /// <summary>The lineage by names that occur everywhere.</summary>
    internal IReadOnlyList<string> LineageNames => field ??= [.. LineageHashes.Names(this)];

    /// <summary>The names, and the path where one of its folders imitates another.</summary>
    private string Names
    {
        get
        {
            var names = OriginalStem == ChildStem ? ChildStem : $"{ChildStem} {OriginalStem}";
            return PathPlaces.EndsFolderWithBlank(ChildPath) ? $"{names} {ChildPath}" : names;
        }
    }

    /// <summary>The folded words in one text, cut after some characters.</summary>
    internal ReadOnlySpan<char> FoldedText(int most) => Folded.AsSpan(0, Math.Min(Folded.Length, most));

    /// <summary>Reads an event. Time and memory are limited for any event.</summary>
    public static Launch Of(ProcessEvent e) => Of(LaunchFields.Of(e), fields => new(fields));

    /// <summary>Reads the fields of an event.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="parentOf">Gives the parent of fields, new or kept.</param>
    internal static Launch Of(LaunchFields fields, Func<ParentFields, LaunchParent> parentOf) => new(fields, parentOf);

    private string UsualParent() => Child.UsualParent ?? (IsSystemAccount ? "svchost.exe" : "explorer.exe");

    private static string OriginalName(string original)
    {
        var name = ProgramName.Lower(original.Trim());
        return ProgramName.Stem(name.EndsWith(".mui", StringComparison.Ordinal) ? name[..^4] : name);
    }
}
