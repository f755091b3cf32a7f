using Changeling.Counts;
using Changeling.Findings;
using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>One run, in steps. Each step takes effect only if its commit succeeds; a step is never larger than a transaction.</summary>
internal sealed class IncidentRun(
    IIncidentStore store, string baseline, IncidentFindingWriter writer, AlertKind alerts, double threshold, IncidentBook book)
{
    /// <summary>Rows that one more change may need: the incident, those joined to it with their messages, its message, its habit.</summary>
    private const int RowsOfChange = 3 + (2 * IncidentBook.MaxJoined);

    private readonly List<SentIncident> _sent = [];
    private readonly List<SentIncident> _waiting = [];
    private readonly Dictionary<Guid, Incident> _changed = [];
    private readonly List<Incident> _joined = [];
    private int _joinedAndStored;
    private int _signals;
    private int _takenInStep;

    public required IncidentState State { get; set; }

    public required string? Version { get; set; }

    /// <summary>The last window of the cluster rules that the store has.</summary>
    public required ClockWindow? ClustersBefore { get; set; }

    public IncidentOutcome Outcome => new(
        _signals,
        book.All.Count(i => i.Status == IncidentStatus.Watched),
        book.All.Count(i => i.Status == IncidentStatus.Open),
        _sent,
        [.. _changed.Values.OrderBy(i => i.Id), .. _joined.Take(_joinedAndStored)])
    {
        Threshold = threshold,
    };

    /// <summary>Whether another change might not fit into the transaction.</summary>
    public bool IsFull =>
        book.Changed.Count + book.Habits.ChangedRows + _waiting.Count + RowsOfChange > BaselineCommit.MaxRows
        || Bytes > IncidentStep.MaxBytes;

    /// <summary>
    /// Size of the bodies at most. The sizes of texts are known, so nothing has to be written to find out.
    /// </summary>
    private int Bytes =>
        (book.Changed.Sum(id => book.Find(id)?.Members.Count ?? 0) * SignalJson.MaxBytes)
        + (book.Habits.ChangedRows * Habits.MaxRowBytes)
        + ((_waiting.Count + 1 + IncidentBook.MaxJoined) * StoredDetection.MaxBytes);

    /// <summary>
    /// What was read of a partition. One that began again, later than before, is read from the start. An import makes a partition older;
    /// its positions go on.
    /// </summary>
    public SignalsRead ReadOf(string partition, Watermark watermark) =>
        State.Partitions.TryGetValue(partition, out var read) && read.Since >= watermark.LearningSince
            ? read with { Since = watermark.LearningSince }
            : new(null, 0, watermark.LearningSince);

    /// <summary>Takes a signal, and commits when the step is full. If another run has committed first, this run ends.</summary>
    public async Task<bool> TakeAsync(WaitingSignal waiting, CancellationToken cancellationToken)
    {
        if (waiting.Signal is { } signal)
        {
            foreach (var joined in book.Add(signal))
            {
                _joined.Add(joined);
                if (joined.Status != IncidentStatus.Watched) Send(IncidentLife.JoinedTo(joined, State.Clock));
            }

            _takenInStep++;
        }

        State = State with
        {
            Partitions = new Dictionary<string, SignalsRead>(State.Partitions) { [waiting.Partition] = waiting.After },
        };
        return (!IsFull || await CommitAsync(cancellationToken))
            && (!book.IsOverfull || await ForgetTooManyAsync(cancellationToken));
    }

    /// <summary>Adds the finding of a cluster rule.</summary>
    public void Add(ClusterDetection cluster, ClusterKind kind)
    {
        var (from, until) = (cluster.Window.Start - ClockWindow.Length, cluster.Window.End + ClockWindow.Length);
        book.Add(
            new(cluster.RuleId, cluster.Entity, cluster.Window.Start),
            signal => signal.Time >= from && signal.Time < until && IsOf(signal, kind, cluster.Entity));
    }

    /// <summary>Sends what is due, and forgets what is old or too much.</summary>
    public async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        foreach (var change in IncidentLife.Due(book, State.Clock, threshold))
        {
            if (change.Activity is null) book.Remove(change.Incident);
            else book.Put(change.Incident);
            if (change.Activity is not null) Send(change);
            if (IsFull && !await CommitAsync(cancellationToken)) return false;
        }

        return await ForgetTooManyAsync(cancellationToken);
    }

    /// <summary>
    /// Commits what changed since the last commit. A further window of the cluster rules is a change, so that it is read once, and the
    /// clock of incidents is stored while there are no signals.
    /// </summary>
    /// <returns>Whether it is stored; otherwise this run ends.</returns>
    public async Task<bool> CommitAsync(CancellationToken cancellationToken)
    {
        var rows = book.Changed.Order()
            .Select(id => book.Find(id) is { } incident ? IncidentRows.Of(incident) : IncidentRows.Forgotten(id));
        List<IncidentRow> changed = [.. rows, .. book.Habits.Changed(State.Clock)];
        if (changed.Count == 0 && _waiting.Count == 0 && _takenInStep == 0 && State.Clusters == ClustersBefore) return true;
        var next = State with { Messages = State.Messages + _waiting.Count };
        var messages = _waiting.Select((sent, i) => new IncidentMessage(
            State.Messages + i, State.Clock, writer.Write(sent.Incident, sent.Activity, sent.IsAlert, State.Clock)));
        var version = await store.CommitAsync(baseline, new(Version, next, changed, [.. messages]), cancellationToken);
        if (version is null) return false;

        (State, Version, ClustersBefore) = (next, version, next.Clusters);
        NoteChanged();
        book.Saved();
        _sent.AddRange(_waiting);
        _waiting.Clear();
        _signals += _takenInStep;
        _takenInStep = 0;
        return true;
    }

    private async Task<bool> ForgetTooManyAsync(CancellationToken cancellationToken)
    {
        foreach (var incident in book.TooMany())
        {
            book.Remove(incident);
            if (IsFull && !await CommitAsync(cancellationToken)) return false;
        }

        return true;
    }

    /// <summary>Notes what the commit has made of the incidents, for the outcome.</summary>
    private void NoteChanged()
    {
        foreach (var id in book.Changed)
        {
            if (book.Find(id) is { } incident) _changed[id] = incident;
        }

        for (; _joinedAndStored < _joined.Count; _joinedAndStored++) _changed.Remove(_joined[_joinedAndStored].Id);
    }

    private void Send(IncidentChange change) =>
        _waiting.Add(new(change.Incident, change.Activity!.Value, alerts.MarkIncidents() && !change.Incident.IsNote));

    private static bool IsOf(Signal signal, ClusterKind kind, string entity) => kind switch
    {
        ClusterKind.Host => signal.Host == entity,
        ClusterKind.User => signal.User is { } user && string.Equals(user, entity, StringComparison.OrdinalIgnoreCase),
        _ => signal.Ancestors.Count > 0 && LineageName.Fold(signal.Ancestors[0].Name) == entity,
    };
}
