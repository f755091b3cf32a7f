namespace Changeling.Training.Unseen;

/// <summary>The case files of a folder: launches that are only measured, never trained on.</summary>
/// <param name="Attacks">Malicious launches by kind.</param>
/// <param name="Benign">Launches that reports call false alarms, or documentation calls routine.</param>
/// <param name="Evasion">Attacks in other forms, each with its base.</param>
public sealed record LaunchCases(
    IReadOnlyList<LaunchCase> Attacks, IReadOnlyList<LaunchCase> Benign, IReadOnlyList<LaunchCase> Evasion)
{
    /// <summary>The transform of an evasion row that is the base itself.</summary>
    internal const string NoTransform = "(none)";

    /// <summary>All launches of all files.</summary>
    internal IEnumerable<LaunchCase> All => Attacks.Concat(Benign).Concat(Evasion);

    /// <summary>Reads a folder with <c>attacks.jsonl.gz</c>, <c>benign.jsonl.gz</c> and <c>evasion.jsonl.gz</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A line is not a valid row; the message says which.</exception>
    public static LaunchCases Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The folder of cases {folder} does not exist.");
        return new(Read(folder, "attacks"), Read(folder, "benign"), Read(folder, "evasion"));
    }

    private static IReadOnlyList<LaunchCase> Read(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".jsonl.gz");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path} does not exist; pass a folder with attacks, benign and evasion (.jsonl.gz).");
        return
        [
            .. CorpusData.Lines(path).Select(line => CorpusData.Parsed(
                Path.GetFileName(path),
                line.Number,
                () => new LaunchCase(
                    CorpusRowReader.Required(line.Row, "id"),
                    CorpusRowReader.Required(line.Row, "kind"),
                    CorpusRowReader.Number(line.Row, "label"),
                    CorpusRowReader.ReadEvent(line.Row, "report", time: null),
                    CorpusRowReader.Text(line.Row, "base"),
                    CorpusRowReader.Text(line.Row, "transform")))),
        ];
    }
}
