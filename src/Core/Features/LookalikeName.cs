namespace Changeling.Features;

/// <summary>Names made to be taken for a system process: <c>svch0st</c>, <c>lsasss</c>, <c>expIorer</c>.</summary>
internal static class LookalikeName
{
    private static readonly string[] Imitated =
        ["svchost", "lsass", "csrss", "services", "winlogon", "explorer", "smss", "spoolsv", "taskhostw", "dllhost", "rundll32", "conhost", "wininit", "runtimebroker", "powershell"];

    public static bool Is(string stem) =>
        stem.Length is >= 4 and <= 16 && !KnownBinaries.IsKnown(stem + ".exe") && Array.Exists(Imitated, name => IsNear(stem, name));

    private static bool IsNear(string stem, string name)
    {
        if (stem == name || Math.Abs(stem.Length - name.Length) > 1) return false;
        if (name.Length < 5) return Plain(stem) == Plain(name);
        return Plain(stem) == Plain(name) || IsOneEditApart(stem, name) || IsSwap(stem, name);
    }

    private static string Plain(string text) => text.Replace('0', 'o').Replace('1', 'l').Replace('i', 'l').Replace('5', 's').Replace("rn", "m", StringComparison.Ordinal);

    private static bool IsOneEditApart(string a, string b)
    {
        var start = a.AsSpan().CommonPrefixLength(b);
        var restA = a.AsSpan(start);
        var restB = b.AsSpan(start);
        if (restA.Length == restB.Length) return restA[1..].SequenceEqual(restB[1..]);
        return restA.Length > restB.Length ? restA[1..].SequenceEqual(restB) : restB[1..].SequenceEqual(restA);
    }

    private static bool IsSwap(string a, string b)
    {
        var at = a.AsSpan().CommonPrefixLength(b);
        return a.Length == b.Length && at + 1 < a.Length && a[at] == b[at + 1] && a[at + 1] == b[at] && a.AsSpan(at + 2).SequenceEqual(b.AsSpan(at + 2));
    }
}
