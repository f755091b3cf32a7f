namespace Changeling.HostStandIn;

/// <summary>The last lines that a process wrote, to be shown if it crashes.</summary>
public sealed class LastLines
{
    private const int Most = 3;

    private readonly Queue<string> _lines = new();

    /// <summary>Takes a line; blank ones are dropped.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lines)
        {
            _lines.Enqueue(line.Trim());
            if (_lines.Count > Most) _lines.Dequeue();
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_lines) return _lines.Count == 0 ? "It printed nothing." : $"Its last output: {string.Join(" | ", _lines)}";
    }
}
