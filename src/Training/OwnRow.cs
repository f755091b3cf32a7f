using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Changeling.Catalogues;

namespace Changeling.Training;

/// <summary>How rows of our own stand in the files of <c>Words</c>, and how their programs are written in command lines.</summary>
internal static partial class OwnRow
{
    private const string System32 = @"C:\Windows\System32\";
    private static readonly FrozenDictionary<string, string> Folders =
        File("program-folders.txt").Index(folder => folder.Name).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file of rows.</summary>
    /// <param name="name">Its name without folder.</param>
    /// <exception cref="InvalidDataException">It is malformed; the message names file and line.</exception>
    public static WordFile File(string name) => WordFile.Read(typeof(OwnRow), $"Words/{name}");

    /// <summary>The lines of all files of a folder, under all their headings: by the files' names, then in their order.</summary>
    /// <param name="folder">A folder of <c>Words</c>.</param>
    /// <exception cref="InvalidDataException">The folder has no line, or a file is malformed; the message names it.</exception>
    public static IReadOnlyList<WordLine> Lines(string folder)
    {
        var resources = $"{typeof(OwnRow).Namespace}.Words.{folder}.";
        IReadOnlyList<WordLine> lines =
        [
            .. typeof(OwnRow).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(resources, StringComparison.Ordinal))
                .Select(name => name[resources.Length..])
                .Order(StringComparer.Ordinal)
                .SelectMany(file => File($"{folder}/{file}").Groups)
                .SelectMany(group => group.Items),
        ];
        return lines.Count > 0 ? lines : throw new InvalidDataException($"Words/{folder}: there is no file with a line in it");
    }

    /// <summary>A launch: <c>program | arguments</c>, where the arguments may be empty.</summary>
    public static (string Program, string Arguments) Launch(WordLine line) => Pair(line, "program | arguments");

    /// <summary>
    /// A launch with its parent: <c>parent arguments | child arguments</c>. Where <c>{was:x:}</c> stands at its end, <c>x</c> is the
    /// child's original name in its version resource.
    /// </summary>
    public static (string Parent, string Child, string? Original) Chain(WordLine line)
    {
        var (parent, child) = Pair(line, "parent arguments | child arguments");
        var was = OriginalName().Match(child);
        return was.Success ? (parent, child[..was.Index].TrimEnd(), was.Groups[1].Value) : (parent, child, null);
    }

    /// <summary>The path of a program that stands without a folder: where Windows or its product has it.</summary>
    public static string PathOf(string program) =>
        program.Contains('\\', StringComparison.Ordinal) || program == "System"
            ? program
            : Folders.GetValueOrDefault(program, System32) + program;

    /// <summary>The last part of a path, with its extension.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('\\') + 1)..];

    /// <summary>A program as command lines have it: bare, with its extension, in capitals, as a full path, or as one in quotes.</summary>
    public static string Image(string path, Random random)
    {
        var name = NameOf(path);
        var bare = name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        return random.Next(7) switch
        {
            0 or 1 => bare,
            2 => name,
            3 => name.ToUpperInvariant(),
            4 or 5 => path,
            _ => $"\"{path}\"",
        };
    }

    /// <summary>A command as <c>powershell -EncodedCommand</c> takes it.</summary>
    public static string Encoded(string command) => Convert.ToBase64String(Encoding.Unicode.GetBytes(command));

    private static (string First, string Second) Pair(WordLine line, string shape)
    {
        var fields = line.Fields(2, shape);
        return (fields[0], ToEncode().Replace(fields[1], match => Encoded(match.Groups[1].Value)));
    }

    /// <summary><c>{was:x:}</c> at the end of a line.</summary>
    [GeneratedRegex(@"\{was:([^{}]+):\}$")]
    private static partial Regex OriginalName();

    /// <summary><c>{b64:x:}</c>, where <c>x</c> is a command to encode.</summary>
    [GeneratedRegex(@"\{b64:(.*?):\}")]
    private static partial Regex ToEncode();
}
