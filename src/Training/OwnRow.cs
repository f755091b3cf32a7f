using Changeling.Catalogues;

namespace Changeling.Training;

/// <summary>How rows of our own stand in the files of <c>Words</c>.</summary>
internal static class OwnRow
{
    /// <summary>Reads a file of rows.</summary>
    /// <param name="name">Its name without folder.</param>
    /// <exception cref="InvalidDataException">It is malformed; the message names file and line.</exception>
    public static WordFile File(string name) => WordFile.Read(typeof(OwnRow), $"Words/{name}");

    /// <summary>A launch: <c>program | arguments</c>, where the arguments may be empty.</summary>
    public static (string Program, string Arguments) Launch(WordLine line) => Pair(line, "program | arguments");

    /// <summary>A launch with its parent: <c>parent arguments | child arguments</c>.</summary>
    public static (string Parent, string Child) Chain(WordLine line) => Pair(line, "parent arguments | child arguments");

    private static (string First, string Second) Pair(WordLine line, string shape)
    {
        var fields = line.Fields(2, shape);
        return (fields[0], fields[1]);
    }
}
