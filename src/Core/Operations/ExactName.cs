using System.Runtime.InteropServices;

namespace Changeling.Operations;

/// <summary>
/// Writes names as text that JSON does not change. UTF-8 cannot represent a lone surrogate, and an encoder would replace it.
/// </summary>
public static class ExactName
{
    private const string Utf16Mark = "utf16:";

    /// <summary>The name itself, or a mark and its UTF-16 units as base64.</summary>
    public static string Write(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1])) i++;
            else if (char.IsSurrogate(name[i])) return Utf16(name);
        }

        return name.StartsWith(Utf16Mark, StringComparison.Ordinal) ? Utf16(name) : name;
    }

    /// <summary>Undoes <see cref="Write"/>.</summary>
    /// <exception cref="FormatException">The text after the mark is not base64.</exception>
    public static string Read(string text) => text.StartsWith(Utf16Mark, StringComparison.Ordinal)
        ? new string(MemoryMarshal.Cast<byte, char>(Convert.FromBase64String(text[Utf16Mark.Length..])))
        : text;

    private static string Utf16(string name) => Utf16Mark + Convert.ToBase64String(MemoryMarshal.AsBytes(name.AsSpan()));
}
