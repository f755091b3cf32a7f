namespace Changeling.Features;

/// <summary>What a plain command line names, each found by one of a few pieces of text.</summary>
[Flags]
internal enum Marks
{
    None = 0,
    Script = 1,
    Batch = 1 << 1,
    Program = 1 << 2,
    Library = 1 << 3,
    DumpOrHive = 1 << 4,
    Archive = 1 << 5,
    Text = 1 << 6,
    Picture = 1 << 7,
    Markup = 1 << 8,

    /// <summary>A document's extension before one that runs: <c>.pdf.exe</c>.</summary>
    DoubleExtension = 1 << 9,
    NetworkPath = 1 << 10,
    PublicFolder = 1 << 11,
    TempFolder = 1 << 12,
    ProgramData = 1 << 13,
    SystemFolder = 1 << 14,

    /// <summary>A folder that ordinary users can write to.</summary>
    UserFolder = 1 << 15,

    /// <summary>The switch of a program that COM starts.</summary>
    Embedding = 1 << 16,

    /// <summary>A script as a parent's command line names it.</summary>
    ParentScript = 1 << 17,
}

/// <summary>Finds the <see cref="Marks"/> of a plain text.</summary>
internal static class MarkSearch
{
    private static readonly string[] Documents = [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".txt"];

    private static readonly string[] DoubleExtensions =
        [.. Documents.SelectMany(document => new[] { ".exe", ".scr", ".js", ".vbs", ".hta" }, (document, run) => document + run)];

    private static readonly (Marks Mark, TextPart Part)[] All =
    [
        .. Extensions(Marks.Script, ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".sct", ".au3", ".a3x", ".ahk"),
        .. Extensions(Marks.Batch, ".bat", ".cmd"),
        .. Extensions(Marks.Program, ".exe", ".scr", ".com"),
        .. Extensions(Marks.Library, ".dll", ".ocx", ".cpl"),
        .. Extensions(Marks.DumpOrHive, ".dmp", ".hiv", ".hive", ".save", ".dit"),
        .. Extensions(Marks.Archive, ".zip", ".cab", ".rar", ".7z"),
        .. Extensions(Marks.Text, ".txt", ".log", ".csv", ".tmp"),
        .. Extensions(Marks.Picture, ".png", ".jpg", ".gif"),
        .. Extensions(Marks.Markup, ".xml", ".xsl", ".inf", ".csproj", ".html"),
        .. Pieces(Marks.DoubleExtension, DoubleExtensions),
        .. Pieces(Marks.NetworkPath, @" \\"),
        .. Pieces(Marks.PublicFolder, @"\users\public\"),
        .. Pieces(Marks.TempFolder, @"\temp\"),
        .. Pieces(Marks.ProgramData, @"\programdata\"),
        .. Pieces(Marks.SystemFolder, @"\system32\"),
        .. Pieces(Marks.UserFolder, FileNames.UserFolders),
        .. Pieces(Marks.Embedding, "-embedding"),
        .. Pieces(Marks.ParentScript, ".ps1", ".vbs", ".bat", ".cmd ", ".js ", ".hta", ".py ", ".wsf"),
    ];

    /// <summary>All pieces of text, distinct.</summary>
    public static IReadOnlyList<TextPart> Parts { get; } = [.. All.Select(m => m.Part).Distinct()];

    /// <summary>The marks that a piece of text stands for.</summary>
    public static Marks MarksOf(TextPart part) =>
        All.Where(m => m.Part == part).Aggregate(Marks.None, (marks, m) => marks | m.Mark);

    /// <summary>Whether a file name has a document's extension, or nothing but one, before an extension that runs.</summary>
    public static bool HasDoubleExtension(string name) => name.AsSpan().Count('.') > 1
        ? Array.Exists(DoubleExtensions, extension => name.Contains(extension, StringComparison.Ordinal))
        : Array.Exists(DoubleExtensions, extension => name.AsSpan().SequenceEqual(extension.AsSpan(1)));

    private static IEnumerable<(Marks, TextPart)> Extensions(Marks mark, params string[] extensions) =>
        extensions.Select(extension => (mark, new TextPart(extension, BoundStart: false, BoundEnd: true)));

    private static IEnumerable<(Marks, TextPart)> Pieces(Marks mark, params string[] pieces) =>
        pieces.Select(piece => (mark, new TextPart(piece, BoundStart: false, BoundEnd: false)));
}
