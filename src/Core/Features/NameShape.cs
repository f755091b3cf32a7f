namespace Changeling.Features;

/// <summary>
/// The form of a file name. Tools that copy themselves under random names have sequences of letters that product names do not have.
/// </summary>
/// <param name="Consonants">Longest run of consonants.</param>
/// <param name="CaseChanges">Changes from lower to upper case inside the name; 0 where the source folds case.</param>
/// <param name="Vowels">Share of vowels among letters, 0–1; a third without letters.</param>
/// <param name="Switches">Changes between letters and digits.</param>
internal readonly record struct NameShape(int Consonants, int CaseChanges, float Vowels, int Switches)
{
    /// <summary>Maximum length of a name; the rest is ignored.</summary>
    private const int Most = 64;

    /// <summary>The shape of a path's file name without its extension.</summary>
    public static NameShape Of(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('\\') + 1);
        if (name.LastIndexOf('.') is > 0 and var dot) name = name[..dot];
        if (name.Length > Most) name = name[..Most];
        int letters = 0, vowels = 0, run = 0, longest = 0, changes = 0, switches = 0;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (i > 0 && char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(name[i - 1])) changes++;
            if (i > 0
                && ((char.IsAsciiDigit(c) && char.IsAsciiLetter(name[i - 1])) || (char.IsAsciiLetter(c) && char.IsAsciiDigit(name[i - 1]))))
                switches++;
            if (!char.IsAsciiLetter(c))
            {
                run = 0;
                continue;
            }

            letters++;
            if (char.ToLowerInvariant(c) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y') (vowels, run) = (vowels + 1, 0);
            else longest = Math.Max(longest, ++run);
        }

        return new(longest, changes, letters == 0 ? 1 / 3f : (float)vowels / letters, switches);
    }
}
