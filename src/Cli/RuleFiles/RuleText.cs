using System.Text.Encodings.Web;
using System.Text.Json;

namespace Changeling.Cli.RuleFiles;

/// <summary>How the files of rules are written for people.</summary>
internal static class RuleText
{
    /// <summary>One property a line; no character is escaped that need not be.</summary>
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
