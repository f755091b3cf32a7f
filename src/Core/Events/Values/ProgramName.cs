using System.Collections.Frozen;

namespace Changeling.Events.Values;

/// <summary>
/// Whether a parent's name can be the name of a program. Parsers that are off by one field put label SIDs and similar values there, and
/// such a parent would make every child rare.
/// </summary>
internal static class ProgramName
{
    private const int ExtensionLength = 4;

    private static readonly string[] Extensions = [".exe", ".com", ".scr", ".tmp", ".bin", ".pif", ".cpl"];

    private static readonly FrozenSet<string> WithoutExtension = FrozenSet.ToFrozenSet(
        ["system", "registry", "secure system", "memcompression", "memory compression", "vmmem", "vmmemwsl", "idle"],
        StringComparer.Ordinal);

    /// <summary>Whether a lower-case name can be a program's.</summary>
    public static bool IsPlausible(string name) =>
        WithoutExtension.Contains(name) || (HasExtension(name) && HasLetter(name.AsSpan(0, name.Length - ExtensionLength)));

    private static bool HasExtension(string name)
    {
        foreach (var extension in Extensions)
        {
            if (name.EndsWith(extension, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (char.IsLetter(unit)) return true;
        }

        return false;
    }
}
