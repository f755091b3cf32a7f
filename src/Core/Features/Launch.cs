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
    private string? _folded;

    private Launch(LaunchFields fields)
    {
        ParentText = fields.ParentCommandLine ?? "";
        IsSystemAccount = fields.IsSystemAccount || fields.Integrity is IntegrityLevel.System or IntegrityLevel.Protected;
        Integrity = fields.Integrity ?? (IsSystemAccount ? IntegrityLevel.System : IntegrityLevel.Medium);
        IsElevated = Integrity == IntegrityLevel.High || fields.Elevation == TokenElevation.Full;

        ChildName = Lower(fields.Child);
        ChildPath = Lower(fields.ChildPath) is { Length: > 0 } path ? path : UsualPath(ChildName);
        ChildStem = Stem(ChildName);
        OriginalStem = fields.OriginalFileName is { Length: > 0 } original ? OriginalName(original) : ChildStem;

        ParentName = fields.Parent is { Length: > 0 } parent ? Lower(parent) : UsualParent();
        ParentPath = Lower(fields.ParentPath) is { Length: > 0 } parentPath ? parentPath : UsualPath(ParentName);

        ChildPlace = PlaceOf(ChildPath, ChildName);
        ParentPlace = PlaceOf(ParentPath, ParentName);
        ChildKind = KnownBinaries.KindOf(ChildName);
        ParentKind = KnownBinaries.KindOf(ParentName);
        CommandLine = CommandLineText.Of(fields.CommandLine ?? ChildPath, ChildPath, ChildName);
        Characters = new(CommandLine.Arguments);
        Words = FoldedWords.Of(CommandLine.Effective);
        Inner = InnerProgram.Of(this);
        Behaviours = BehaviourList.Match(CommandLine.Effective);
        Marks = MarkSearch.In(CommandLine.Effective);

        ParentStem = Stem(ParentName);
        ParentCommandLine = CommandLineText.Of(fields.ParentCommandLine ?? ParentPath, ParentPath, ParentName);
        ParentWords = FoldedWords.Of(ParentCommandLine.Effective);
        ParentBehaviours = BehaviourList.Match(ParentCommandLine.Effective);
        ParentMarks = MarkSearch.In(ParentCommandLine.Effective);
        var names = OriginalStem == ChildStem ? ChildStem : $"{ChildStem} {OriginalStem}";
        TelltaleText = $" {names}{CommandLine.Effective}";
        ParentTelltaleText = $" {ParentStem}{ParentCommandLine.Effective}";
        Telltales = Telltale.Match(TelltaleText, CommandLine.Comment);
        ParentTelltales = Telltale.Match(ParentTelltaleText, ParentCommandLine.Comment);
        RoutineUses = RoutineUse.Match($" {ParentStem}>{ChildStem}{CommandLine.Effective}");
        NameOfChild = NameShape.Of(fields.ChildPath ?? fields.Child);
        NameOfParent = NameShape.Of(fields.ParentPath ?? ParentName);
    }

    /// <summary>The parent's command line as it came; empty if the source has none.</summary>
    internal string ParentText { get; }

    internal string ChildName { get; }

    /// <summary>The name without its extension.</summary>
    internal string ChildStem { get; }

    internal string ChildPath { get; }

    internal PathPlace ChildPlace { get; }

    internal BinaryKind ChildKind { get; }

    /// <summary>
    /// The original name of the version resource, in lower case, without extension; the child's own name if the source has none.
    /// </summary>
    internal string OriginalStem { get; }

    /// <summary>The child's names, including the original one, and its plain arguments: the text that telltales are searched in.</summary>
    internal string TelltaleText { get; }

    /// <summary>The same for the parent.</summary>
    internal string ParentTelltaleText { get; }

    internal string ParentName { get; }

    internal string ParentPath { get; }

    internal PathPlace ParentPlace { get; }

    internal BinaryKind ParentKind { get; }

    internal IntegrityLevel Integrity { get; }

    internal bool IsElevated { get; }

    internal bool IsSystemAccount { get; }

    internal CommandLineText CommandLine { get; }

    /// <summary>The characters of the arguments as received.</summary>
    internal CharacterCounts Characters { get; }

    internal IReadOnlyList<string> Words { get; }

    /// <summary>The program that a shell will start; empty if there is none.</summary>
    internal string Inner { get; }

    /// <summary>One flag for each <see cref="Behaviour"/>, in its order.</summary>
    internal IReadOnlyList<int> Behaviours { get; }

    /// <summary>What the plain arguments name.</summary>
    internal Marks Marks { get; }

    /// <summary>The same of the parent's arguments.</summary>
    internal Marks ParentMarks { get; }

    internal string ParentStem { get; }

    /// <summary>The parent's command line; its path if the source has none.</summary>
    internal CommandLineText ParentCommandLine { get; }

    internal IReadOnlyList<string> ParentWords { get; }

    internal IReadOnlyList<int> ParentBehaviours { get; }

    /// <summary>One number for each <see cref="Telltale"/>, in its order, from the child's name and arguments.</summary>
    internal IReadOnlyList<int> Telltales { get; }

    /// <summary>The same from the parent's name and arguments.</summary>
    internal IReadOnlyList<int> ParentTelltales { get; }

    /// <summary>One number for each <see cref="RoutineUse"/>, in its order.</summary>
    internal IReadOnlyList<int> RoutineUses { get; }

    internal NameShape NameOfChild { get; }

    internal NameShape NameOfParent { get; }

    /// <summary>The lineage by names that occur everywhere.</summary>
    internal IReadOnlyList<string> LineageNames => field ??= [.. HashedFeatures.Names(this)];

    /// <summary>The folded words in one text, cut after some characters.</summary>
    internal ReadOnlySpan<char> FoldedText(int most)
    {
        _folded ??= string.Join(' ', Words);
        return _folded.AsSpan(0, Math.Min(_folded.Length, most));
    }

    /// <summary>Reads an event. Time and memory are limited for any event.</summary>
    public static Launch Of(ProcessEvent e) => new(LaunchFields.Of(e));

    /// <summary>Lower case and at most 1,024 UTF-16 units, which are enough to distinguish Windows paths.</summary>
    private static string Lower(string? text) =>
        text is null ? "" : (text.Length > 1024 ? text[..1024] : text).ToLowerInvariant();

    private string UsualParent() =>
        KnownBinaries.UsualParentOf(ChildName) ?? (IsSystemAccount ? "svchost.exe" : "explorer.exe");

    private static string UsualPath(string name) => name switch
    {
        "explorer.exe" => @"c:\windows\explorer.exe",
        "system" or "registry" => name,
        "powershell.exe" or "powershell_ise.exe" => @"c:\windows\system32\windowspowershell\v1.0\" + name,
        "wmiprvse.exe" or "wmic.exe" or "scrcons.exe" or "unsecapp.exe" => @"c:\windows\system32\wbem\" + name,
        _ when KnownBinaries.IsOfWindows(name) => @"c:\windows\system32\" + name,

        // Neither a folder of programs nor one of users: what a source does not say must not speak for the launch, nor against it.
        _ => @"c:\apps\" + Stem(name) + @"\" + name,
    };

    /// <summary>
    /// The place of a program. An unknown program in the folder of programs is anywhere: whoever can install one can name it.
    /// </summary>
    private static PathPlace PlaceOf(string path, string name) =>
        PathPlaces.Of(path) is var place && place == PathPlace.ProgramFiles && !KnownBinaries.IsKnown(name) ? PathPlace.Elsewhere : place;

    private static string OriginalName(string original)
    {
        var name = Lower(original.Trim());
        return Stem(name.EndsWith(".mui", StringComparison.Ordinal) ? name[..^4] : name);
    }

    private static string Stem(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;
}
