using System.Text.Json;
using Changeling.Events;
using Changeling.Findings;

namespace Changeling.Training.Labelling;

/// <summary>
/// Labels of launches: the lines that <c>simulate --truth</c> writes, or lines that somebody wrote about findings. A launch is looked up
/// by the source's identity of its event, or by the id of its finding.
/// </summary>
public sealed class LabelFile
{
    private readonly Dictionary<Guid, LaunchLabel> _labels = [];
    private readonly HashSet<Guid> _found = [];

    /// <summary>Number of launches that have a label.</summary>
    public int Count => _labels.Count;

    /// <summary>Number of them that were asked for so far.</summary>
    public int Found => _found.Count;

    /// <summary>Reads one file of labels, and adds them to those of other files.</summary>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="lines">Its content: a JSON object for each launch.</param>
    /// <exception cref="InvalidDataException">A line is not a label, or contradicts another; the message says which.</exception>
    public void Add(string name, ReadOnlyMemory<byte> lines)
    {
        foreach (var (line, value) in JsonValueSplitter.Split(lines))
        {
            try
            {
                using var document = JsonDocument.Parse(value);
                Add(document.RootElement);
            }
            catch (Exception exception) when (
                exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new InvalidDataException(
                    $"Line {line} of {name} is not a label: {exception.Message.TrimEnd('.')}; correct or remove it.", exception);
            }
        }
    }

    /// <summary>The label of a launch; <see langword="null"/> if nobody gave it one.</summary>
    public LaunchLabel? Find(ProcessEvent launch)
    {
        if (launch.SourceIdentity is not { } identity) return null;
        var id = DetectionId.Of(identity);
        if (!_labels.TryGetValue(id, out var label)) return null;
        _found.Add(id);
        return label;
    }

    private void Add(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new FormatException("it is not a JSON object");
        var number = CorpusRowReader.Number(line, "label");
        var label = new LaunchLabel(
            number is 0 or 1 ? number.Value : throw new FormatException("label must be 1 (attack) or 0 (ordinary)"),
            CorpusRowReader.Text(line, "dataset") ?? CorpusRowReader.Text(line, "chain"),
            Techniques(line),
            line.TryGetProperty("weak", out var weak) && weak.ValueKind == JsonValueKind.True);
        if (label is { Label: 1, Attack: null })
            throw new KeyNotFoundException("an attack needs a dataset or chain, the name of the incident or test");
        if (!_labels.TryAdd(Id(line), label) && _labels[Id(line)].Label != label.Label)
            throw new FormatException("the launch has another label in an earlier line");
    }

    private static Guid Id(JsonElement line) =>
        CorpusRowReader.Text(line, "identity") is { } identity ? DetectionId.Of(identity)
        : !Guid.TryParse(CorpusRowReader.Text(line, "uid"), out var uid) ? throw new KeyNotFoundException(
            "the launch is missing: identity (as simulate --truth writes it) or uid (of a finding)")
        : uid;

    private static IReadOnlyList<string> Techniques(JsonElement line) =>
        CorpusRowReader.Text(line, "technique") is { } one ? [one] : CorpusRowReader.Texts(line, "technique");
}
