using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Changeling.Cli.Detections;

/// <summary>A file of detections: one JSON message a line, findings and messages about incidents.</summary>
internal static class DetectionFile
{
    /// <summary>Reads the messages.</summary>
    /// <exception cref="CliException">The file does not exist, or a line is not JSON.</exception>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(
        string file, CliConsole console, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        InputFiles.Require([file]);
        foreach (var message in Messages(file, await InputFiles.ReadAsync(file, console, cancellationToken))) yield return message;
    }

    /// <summary>The messages in the content of a file.</summary>
    /// <exception cref="CliException">A line is not JSON.</exception>
    public static IEnumerable<JsonElement> Messages(string file, ReadOnlyMemory<byte> content)
    {
        using var reader = new StreamReader(new MemoryStream(content.ToArray()));
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0) yield return Parsed(file, number, line);
        }
    }

    private static JsonElement Parsed(string file, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CliException($"{file}, line {number}: not a detection; pass a file that 'backtest --output' or 'tail --json' wrote.");
        }
    }
}
