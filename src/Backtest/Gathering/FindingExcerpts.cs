using System.Text.Json;

namespace Changeling.Backtest.Gathering;

/// <summary>Excerpts of the findings so far, for those that the report will name.</summary>
internal sealed class FindingExcerpts
{
    /// <summary>Maximum size of all, in bytes: some 15,000 findings. Later ones are not kept.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly SortedDictionary<string, byte[]> _byUid = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Everything that is kept, in order of id.</summary>
    public IReadOnlyList<ExcerptState> State => [.. _byUid.Select(e => new ExcerptState(e.Key, e.Value))];

    /// <summary>Restores what an earlier run kept.</summary>
    public void TakeOver(IEnumerable<ExcerptState> state)
    {
        foreach (var (uid, content) in state) Add(uid, content);
    }

    /// <summary>Keeps a finding about one launch; any other message is passed over.</summary>
    public void Add(ReadOnlyMemory<byte> message)
    {
        if (FindingExcerpt.Of(message) is var (uid, content)) Add(uid, content);
    }

    /// <summary>The excerpts of some findings, in order of id.</summary>
    public IReadOnlyList<JsonElement> Of(IReadOnlySet<string> uids) =>
        [.. _byUid.Where(e => uids.Contains(e.Key)).Select(e => JsonElement.Parse(e.Value))];

    private void Add(string uid, byte[] content)
    {
        if (_bytes + content.Length > MaxBytes || !_byUid.TryAdd(uid, content)) return;
        _bytes += content.Length;
    }
}
