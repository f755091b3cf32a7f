using System.Buffers;
using System.Text;

namespace Changeling.Events.Values;

/// <summary>The source's own identity of an event: the same event gives the same text, whatever delivers it again.</summary>
internal static class SourceIdentities
{
    /// <summary>Kind and parts in lower case, joined with <c>|</c>; <see langword="null"/> when a part is not known.</summary>
    public static string? Of(string kind, params ReadOnlySpan<string?> parts)
    {
        var length = kind.Length;
        foreach (var part in parts)
        {
            if (part is null) return null;
            length += 1 + part.Length;
        }

        return string.Create(length, new Parts(kind, parts), static (identity, from) =>
        {
            identity = Lower(from.Kind, identity);
            foreach (var part in from.Others)
            {
                identity[0] = '|';
                identity = Lower(part, identity[1..]);
            }
        });
    }

    /// <summary>Writes a part in lower case.</summary>
    /// <returns>What is behind it.</returns>
    private static Span<char> Lower(ReadOnlySpan<char> part, Span<char> identity)
    {
        if (Ascii.ToLower(part, identity, out _) != OperationStatus.Done) part.ToLowerInvariant(identity);
        return identity[part.Length..];
    }

    private readonly ref struct Parts(ReadOnlySpan<char> kind, ReadOnlySpan<string?> others)
    {
        public ReadOnlySpan<char> Kind { get; } = kind;

        public ReadOnlySpan<string?> Others { get; } = others;
    }
}
