using System.Buffers;
using System.Text;

namespace Changeling.Features;

/// <summary>Finds runs of base64 in a command line and decodes them, for example PowerShell's encoded commands.</summary>
internal static class Base64Text
{
    /// <summary>Minimum length of a run that nothing announces, in characters; shorter runs are mostly words.</summary>
    public const int MinRun = 20;

    /// <summary>Minimum length behind a switch or function that takes base64: <c>aQBlAHgA</c> is <c>iex</c>.</summary>
    private const int MinAnnounced = 3;

    /// <summary>Characters before a run in which a switch or function is looked for.</summary>
    private const int Announcement = 40;

    private const int MaxRuns = 6;
    private const string EncodedCommand = "encodedcommand";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    private static readonly string[] Functions = ["base64string(", "atob(", ";base64,"];

    private static readonly SearchValues<string> Announcements =
        SearchValues.Create(["-e", "/e", .. Functions], StringComparison.OrdinalIgnoreCase);

    /// <summary>The runs that hold text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Set to the longest run's length.</param>
    public static IReadOnlyList<EncodedRun> Find(string text, ref int longest)
    {
        List<EncodedRun>? runs = null;
        var minLength = MayAnnounce(text) ? MinAnnounced : MinRun;
        for (var (end, tried) = (0, 0); CharacterRuns.Next(text, end, minLength, Alphabet) is >= 0 and var start;)
        {
            end = CharacterRuns.End(text, start, Alphabet);
            var run = text.AsSpan(start..end);
            var looksEncoded = run.Length >= MinRun && LooksEncoded(run);
            if (looksEncoded) longest = Math.Max(longest, run.Length);
            var before = text.AsSpan(Math.Max(0, start - Announcement), Math.Min(start, Announcement));
            var isCommand = IsBehindSwitch(before);
            var isArgument = IsInCall(before);
            if ((looksEncoded || isCommand || isArgument) && tried++ < MaxRuns
                && Decode(run, text, isArgument, onlyUtf16: isCommand && !looksEncoded) is { } inner)
            {
                var rest = text.AsSpan(end);
                var padding = Math.Min(2, rest.IndexOfAnyExcept('=') is >= 0 and var other ? other : rest.Length);
                (runs ??= []).Add(new(start, end + padding, inner));
            }
        }

        return runs ?? [];
    }

    /// <summary>Words and paths are of one case or hold slashes between words; encoded bytes mix cases.</summary>
    private static bool LooksEncoded(ReadOnlySpan<char> run)
    {
        int upper = 0, lower = 0, slashes = 0;
        foreach (var c in run)
        {
            if (c is >= 'A' and <= 'Z') upper++;
            else if (c is >= 'a' and <= 'z') lower++;
            else if (c == '/') slashes++;
        }

        return upper >= 4 && lower >= 2 && slashes * 8 <= run.Length;
    }

    /// <summary>Whether a switch or function that takes base64 may be in a text. Switches may begin with dashes beyond ASCII.</summary>
    private static bool MayAnnounce(string text) => text.AsSpan().ContainsAny(Announcements) || !Ascii.IsValid(text);

    /// <summary>In an opened <c>FromBase64String(</c> or the like.</summary>
    private static bool IsInCall(ReadOnlySpan<char> before)
    {
        var call = before.TrimEnd("'\"\\ ");
        if (call.IsEmpty || call[^1] is not ('(' or ',')) return false;
        foreach (var function in Functions) if (call.EndsWith(function, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Behind <c>-EncodedCommand</c> in any spelling.</summary>
    private static bool IsBehindSwitch(ReadOnlySpan<char> before)
    {
        if (before.IsEmpty || !"\"'\\ \t".Contains(before[^1], StringComparison.Ordinal)) return false;
        var token = before.TrimEnd("\"'\\ \t");
        token = token[(token.LastIndexOfAny(" \t\"'") + 1)..];
        if (token.Length < 2 || !(token[0] is '-' or '/' || PlainText.IsDash(token[0]))) return false;
        token = token[1..];
        return token.Equals("ec", StringComparison.OrdinalIgnoreCase)
            || EncodedCommand.AsSpan().StartsWith(token, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="run">The run without padding.</param>
    /// <param name="text">The text in which it stands.</param>
    /// <param name="mayBeShort">Whether a text of two characters is one.</param>
    /// <param name="onlyUtf16">
    /// Whether only UTF-16 is text, as in PowerShell's command: otherwise <c>nc -e cmd</c> would decode to something.
    /// </param>
    private static string? Decode(ReadOnlySpan<char> run, string text, bool mayBeShort, bool onlyUtf16)
    {
        var kept = run.Length % 4 == 1 ? run.Length - 1 : run.Length;
        var padded = new char[(kept + 3) / 4 * 4];
        padded.AsSpan().Fill('=');
        run[..kept].CopyTo(padded);
        var bytes = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(padded, bytes, out var written)) return null;
        bytes = bytes[..written];
        if (onlyUtf16) return ReadableText.OfUtf16(bytes, minLength: 2);
        if (Inflated.Of(bytes, isDeflate: false) is { Length: > 0 } inflated) return ReadableText.Of(inflated);
        return ReadableText.Of(bytes, mayBeShort ? 2 : 4)
            ?? (text.Contains("deflate", StringComparison.OrdinalIgnoreCase) ? ReadableText.Of(Inflated.Of(bytes, isDeflate: true)) : null);
    }
}
