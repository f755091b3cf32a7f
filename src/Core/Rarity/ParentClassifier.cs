using System.Buffers;
using System.Collections.Frozen;
using Changeling.Catalogues;

namespace Changeling.Rarity;

/// <summary>Says what kind of program a parent is, from its name and, for unlisted names, its path.</summary>
public static class ParentClassifier
{
    private static readonly FrozenDictionary<string, ParentClass> Listed =
        WordFile.Read(typeof(ParentClassifier), "Words/parent-classes.txt").Index(ClassOf);

    private static readonly SearchValues<string> UserWritableFolders = SearchValues.Create(
        [@"\users\", @"\temp\", @"\tmp\", @"\programdata\", @"\perflogs\", @"\$recycle.bin\", @"\downloads\"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The class of a parent.</summary>
    /// <param name="foldedName">Folded lower-case file name.</param>
    /// <param name="path">Full path in any case, where known.</param>
    public static ParentClass Classify(string foldedName, string? path)
    {
        if (Listed.TryGetValue(foldedName, out var listed)) return listed;
        return path.AsSpan().ContainsAny(UserWritableFolders)
            ? ParentClass.UserWritable
            : ParentClass.Program;
    }

    private static ParentClass ClassOf(WordGroup group) =>
        Enum.TryParse<ParentClass>(group.Name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var parentClass)
            ? parentClass
            : throw group.Heading.Fault($"'{group.Name}' is no class of parents");
}
