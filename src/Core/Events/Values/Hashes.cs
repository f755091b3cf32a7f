using System.Buffers;
using System.Text;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>File hashes: Sysmon's list, or one value a field.</summary>
internal static class Hashes
{
    private const int Md5Digits = 32;
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private const int LongestOnStack = 512;

    /// <summary>Reads <c>SHA1=…,MD5=…</c>, any of the four kinds in any order.</summary>
    public static FileHashes? OfList(JsonValue list)
    {
        // A list of all kinds is long, and no string is needed.
        Span<char> units = stackalloc char[LongestOnStack];
        return list is { ValueKind: JsonValueKind.String, IsEscaped: false, Written.Length: <= LongestOnStack }
            && Ascii.ToUtf16(list.Written, units, out var length) == OperationStatus.Done
                ? OfList(KnownText.Trimmed(units[..length]))
                : OfList(KnownText.Of(list.AsText()));
    }

    /// <summary>As the other overload.</summary>
    public static FileHashes? OfList(ReadOnlySpan<char> list)
    {
        string? md5 = null, sha1 = null, sha256 = null, impHash = null;
        foreach (var range in list.Split(','))
        {
            var entry = list[range].Trim();
            if (entry.Count('=') != 1) continue;
            var kind = entry[..entry.IndexOf('=')];
            var value = entry[(kind.Length + 1)..];
            if (kind.Equals("MD5", StringComparison.OrdinalIgnoreCase)) md5 = Digits(value, Md5Digits);
            else if (kind.Equals("SHA1", StringComparison.OrdinalIgnoreCase)) sha1 = Digits(value, Sha1Digits);
            else if (kind.Equals("SHA256", StringComparison.OrdinalIgnoreCase)) sha256 = Digits(value, Sha256Digits);
            else if (kind.Equals("IMPHASH", StringComparison.OrdinalIgnoreCase)) impHash = Digits(value, Md5Digits);
        }

        return OfDigits(md5, sha1, sha256, impHash);
    }

    /// <summary>The valid hashes; <see langword="null"/> when none is.</summary>
    public static FileHashes? Of(string? md5, string? sha1, string? sha256, string? impHash) => OfDigits(
        Digits(md5, Md5Digits), Digits(sha1, Sha1Digits), Digits(sha256, Sha256Digits), Digits(impHash, Md5Digits));

    private static FileHashes? OfDigits(string? md5, string? sha1, string? sha256, string? impHash) =>
        (md5 ?? sha1 ?? sha256 ?? impHash) is null ? null : new FileHashes(md5, sha1, sha256, impHash);

    /// <summary>Lower case; a value of another length, with another digit, or all zeros is not a hash.</summary>
    private static string? Digits(ReadOnlySpan<char> text, int length)
    {
        var trimmed = text.Trim();
        if (trimmed.Length != length || trimmed.ContainsAnyExcept(HexDigits) || !trimmed.ContainsAnyExcept('0')) return null;
        return TextPool.Shared.Lower(trimmed);
    }
}
