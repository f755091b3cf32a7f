using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Changeling.Features;

/// <summary>
/// Replaces <c>%name%</c>, <c>%name:~n,m%</c>, <c>%name:x=y%</c> and the same with <c>!</c> by what Windows puts there, for the variables
/// that nearly every machine has alike and for those that the text itself sets.
/// </summary>
internal static class CmdVariables
{
    /// <summary>What a variable, or a statement that sets one, begins with.</summary>
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("%!sS");

    private const int MaxVariables = 64;
    private const int MaxValue = 512;

    private static readonly FrozenDictionary<string, string> WellKnown = new Dictionary<string, string>
    {
        ["allusersprofile"] = @"C:\ProgramData",
        ["appdata"] = @"C:\Users\user\AppData\Roaming",
        ["commonprogramfiles"] = @"C:\Program Files\Common Files",
        ["comspec"] = @"C:\Windows\System32\cmd.exe",
        ["homedrive"] = "C:",
        ["homepath"] = @"\Users\user",
        ["localappdata"] = @"C:\Users\user\AppData\Local",
        ["os"] = "Windows_NT",
        ["pathext"] = ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC",
        ["programdata"] = @"C:\ProgramData",
        ["programfiles"] = @"C:\Program Files",
        ["programfiles(x86)"] = @"C:\Program Files (x86)",
        ["programw6432"] = @"C:\Program Files",
        ["psmodulepath"] = @"C:\Program Files\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules",
        ["public"] = @"C:\Users\Public",
        ["systemdrive"] = "C:",
        ["systemroot"] = @"C:\Windows",
        ["temp"] = @"C:\Users\user\AppData\Local\Temp",
        ["tmp"] = @"C:\Users\user\AppData\Local\Temp",
        ["userprofile"] = @"C:\Users\user",
        ["windir"] = @"C:\Windows",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text with variables replaced, at most as long as <paramref name="budget"/> where that makes it longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="budget">Maximum length.</param>
    /// <param name="disguises">Raised by the number of cut or self-made variables that were replaced.</param>
    public static string Expand(string text, int budget, ref int disguises)
    {
        if (!text.AsSpan().ContainsAny('%', '!')) return text;
        var own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var skipped = text.AsSpan(i).IndexOfAny(Beginnings) is >= 0 and var next ? next : text.Length - i;
            plain.Append(text, i, skipped);
            i += skipped;
            if (i == text.Length) break;
            if (SetAt(text, i) is { } set && own.Count < MaxVariables)
            {
                var ignored = 0;
                var value = Expand(set.Value, own, MaxValue, ref ignored);
                if (value.Length > 0) own[set.Name] = value;
            }

            var (length, replacement, isDisguise) = VariableAt(text, i, own);
            if (length == 0 || plain.Length + replacement.Length + text.Length - i - length > Math.Max(budget, text.Length))
            {
                plain.Append(text[i++]);
                continue;
            }

            plain.Append(replacement);
            if (isDisguise) disguises++;
            i += length;
        }

        return plain.ToString();
    }

    private static string Expand(string text, Dictionary<string, string> own, int most, ref int disguises)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length && plain.Length < most;)
        {
            var (length, replacement, _) = VariableAt(text, i, own);
            if (length > 0) plain.Append(replacement);
            else plain.Append(text[i]);
            i += Math.Max(length, 1);
        }

        disguises++;
        return plain.Length > most ? plain.ToString(0, most) : plain.ToString();
    }

    /// <summary>A statement <c>set name=value</c> or <c>set "name=value"</c> that begins here.</summary>
    private static (string Name, string Value)? SetAt(string text, int start)
    {
        var rest = text.AsSpan(start);
        if (!rest.StartsWith("set ", StringComparison.OrdinalIgnoreCase)) return null;
        if (start > 0 && char.IsLetterOrDigit(text[start - 1])) return null;
        rest = rest[4..].TrimStart(' ');
        var isQuoted = rest.StartsWith("\"");
        if (isQuoted) rest = rest[1..];
        rest = rest[..Math.Min(rest.Length, MaxValue)];
        var end = isQuoted ? rest.IndexOf('"') : rest.IndexOfAny("&|\r\n\"");
        if (end >= 0) rest = rest[..end];
        var equals = rest.IndexOf('=');
        if (equals is < 1 or > 64 || rest[..equals].ContainsAny('%', '/')) return null;
        return (rest[..equals].ToString(), rest[(equals + 1)..].ToString());
    }

    /// <summary>A variable that begins here: its length with its signs, and what replaces it.</summary>
    private static (int Length, string Replacement, bool IsDisguise) VariableAt(string text, int start, Dictionary<string, string> own)
    {
        var sign = text[start];
        if (sign is not ('%' or '!')) return default;
        var window = text.AsSpan(start + 1, Math.Min(96, text.Length - start - 1));
        var close = window.IndexOf(sign);
        if (close < 1) return default;
        var inside = window[..close];
        var colon = inside.IndexOf(':');
        var name = (colon < 0 ? inside : inside[..colon]).ToString();
        var isOwn = own.TryGetValue(name, out var value);
        if (!isOwn && !WellKnown.TryGetValue(name, out value)) return default;
        return colon < 0
            ? (close + 2, value!, isOwn)
            : Changed(value!, inside[(colon + 1)..]) is { } changed ? (close + 2, changed, true) : default;
    }

    private static string? Changed(string value, ReadOnlySpan<char> change)
    {
        if (change.StartsWith("~")) return Cut(value, change[1..]);
        var equals = change.IndexOf('=');
        if (equals < 1) return null;
        var by = change[(equals + 1)..].ToString();
        return value.Replace(change[..equals].ToString(), by, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The part <c>n,m</c>: from the n-th character on m characters, both from the end where negative.</summary>
    private static string? Cut(string value, ReadOnlySpan<char> range)
    {
        var comma = range.IndexOf(',');
        if (!int.TryParse(comma < 0 ? range : range[..comma], out var from)) return null;
        from = Math.Clamp(from < 0 ? Math.Max(from, -value.Length) + value.Length : from, 0, value.Length);
        if (comma < 0) return value[from..];
        if (!int.TryParse(range[(comma + 1)..], out var count)) return null;
        var to = count < 0 ? Math.Max(count, -value.Length) + value.Length : from + Math.Min(count, value.Length - from);
        return to <= from ? "" : value[from..to];
    }
}
