using System.Buffers;

namespace Changeling.Events.Values;

/// <summary>File hashes: Sysmon's list, or one value a field.</summary>
internal static class Hashes
{
    private const int Md5Digits = 32;
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Reads <c>SHA1=…,MD5=…</c>, any of the four kinds in any order.</summary>
    public static FileHashes? OfList(string? list)
    {
        string? md5 = null, sha1 = null, sha256 = null, impHash = null;
        foreach (var entry in (list ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (entry.Split('=') is not [var kind, var value]) continue;
            switch (kind.ToUpperInvariant())
            {
                case "MD5": md5 = value; break;
                case "SHA1": sha1 = value; break;
                case "SHA256": sha256 = value; break;
                case "IMPHASH": impHash = value; break;
            }
        }

        return Of(md5, sha1, sha256, impHash);
    }

    /// <summary>The valid hashes; <see langword="null"/> when none is.</summary>
    public static FileHashes? Of(string? md5, string? sha1, string? sha256, string? impHash)
    {
        var hashes = new FileHashes(
            Digits(md5, Md5Digits), Digits(sha1, Sha1Digits), Digits(sha256, Sha256Digits), Digits(impHash, Md5Digits));
        return hashes == new FileHashes() ? null : hashes;
    }

    /// <summary>Lower case; a value of another length, with another digit, or all zeros is not a hash.</summary>
    private static string? Digits(string? text, int length)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length != length || trimmed.ContainsAnyExcept(HexDigits) || !trimmed.ContainsAnyExcept('0')) return null;
        return trimmed.ToString().ToLowerInvariant();
    }
}
