using System.Text.Json;

namespace Changeling.Features;

/// <summary>Hashed features in words: <c>"http://203.0.113.27" in the command line</c>, <c>winword.exe starts a shell</c>.</summary>
internal static class GramPhrases
{
    public static string Of(string kind, string gram, string? text) => kind switch
    {
        "command_line.word" => $"\"{text ?? gram}\" in the command line",
        "command_line.trigram" or "command_line.gram" => $"the letters \"{gram}\" in \"{text ?? gram}\"",
        "child.word" => $"\"{text ?? gram}\" in the arguments of {gram.Split(' ')[0]}",
        "parent.word" => $"\"{text ?? gram}\" in the parent's command line",
        "lineage.name" => OfLineage(gram),
        _ => $"{kind} {gram}",
    };

    /// <summary><c>parent&gt;child</c>, where one side may be empty, a file name, a kind, or <c>?</c> and a place.</summary>
    private static string OfLineage(string gram)
    {
        var arrow = gram.IndexOf('>', StringComparison.Ordinal);
        var (parent, child) = (Name(gram[..arrow]), Name(gram[(arrow + 1)..]));
        return parent.Length == 0 ? $"{child} as the child" : child.Length == 0 ? $"{parent} as the parent" : $"{parent} starts {child}";
    }

    private static string Name(string name)
    {
        if (name.StartsWith('?')) return $"an unknown program in {Place(name[1..])}";
        return name.Contains('.', StringComparison.Ordinal) || name.Length == 0 || !char.IsAsciiLetterUpper(name[0])
            ? name
            : $"a program of kind {Words(name)}";
    }

    /// <summary>A <see cref="PathPlace"/> in words.</summary>
    internal static string Place(string place) => Words(place) switch
    {
        "elsewhere" => "another folder",
        "system32" => "System32",
        "windows folder" => "the Windows folder",
        "windows temp" => "a Windows folder that normally contains no programs",
        "program files" => "Program Files",
        "program data" => "ProgramData",
        "user profile" => "a user's profile",
        "user temp" => "a temporary folder",
        "downloads" => "a user's documents or downloads",
        "public" => "a public folder",
        "drive root" => "the root of a drive",
        "network" => "a network share",
        var other => other,
    };

    /// <summary><c>ProxyExecution</c> or <c>proxy_execution</c> as <c>proxy execution</c>.</summary>
    internal static string Words(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
}
