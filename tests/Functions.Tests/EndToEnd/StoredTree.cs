using System.Text.Json;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>
/// The processes above a launch in a stored finding. They come from a process's memory: after a start it knows fewer of them, and says so.
/// Everything else in a finding is the same in any run.
/// </summary>
internal static class StoredTree
{
    /// <summary>A finding's bytes without the processes above its launch.</summary>
    public static byte[] Without(byte[] finding)
    {
        var reader = new Utf8JsonReader(finding);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("ancestors"u8)) continue;
            var start = (int)reader.TokenStartIndex - 1;
            reader.Skip();
            return [.. finding[..start], .. finding[(int)reader.BytesConsumed..]];
        }

        return finding;
    }

    /// <summary>The processes of a finding, the parent first; <c>?</c> before one whose own launch was not seen.</summary>
    public static IReadOnlyList<string> Of(byte[] finding)
    {
        using var json = JsonDocument.Parse(finding);
        return json.RootElement.GetProperty("evidences")[0].GetProperty("data").TryGetProperty("ancestors", out var ancestors)
            ? [.. ancestors.EnumerateArray().Select(a => (a.GetProperty("seen").GetBoolean() ? "" : "?") + a.GetProperty("name"))]
            : [];
    }

    /// <summary>Whether a run that was disturbed knows what an undisturbed one knows, up to a process that it has forgotten.</summary>
    public static bool IsPartOf(IReadOnlyList<string> known, IReadOnlyList<string> all)
    {
        if (known.Count > all.Count || (known.Count == 0) != (all.Count == 0)) return false;
        for (var i = 0; i < known.Count; i++)
        {
            var isLast = i == known.Count - 1;
            if (known[i] != all[i] && !(isLast && known[i] == $"?{all[i]}")) return false;
        }

        return known.Count == all.Count || known[^1].StartsWith('?');
    }
}
