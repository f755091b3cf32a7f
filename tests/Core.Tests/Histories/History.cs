using System.Text;
using Changeling.Core.Tests.Pipeline;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Histories;

/// <summary>
/// Plays the host over one hub: batches, other cuts, redeliveries, kills, lost answers, and a lease that moves while the old
/// owner still works. In the end everything has been handed over, and then the faults stop so that a stuck partition shows.
/// </summary>
internal sealed class History
{
    private const int MaxSteps = 1_500;
    private static readonly BaselinePartition Rows = new("default", PipelineBench.Partition);

    private readonly Hub _hub;
    private readonly Random _chance;
    private readonly double _faults;
    private readonly PipelineSnapshot _snapshot;
    private readonly PipelineSettings _settings = new()
    {
        EmitAfter = TimeSpan.Zero,
        LaunchesPerHostAndDay = PlainModel.MaxPerHost,
        HostLimitBelowPercent = PlainModel.BelowPercent,
    };
    private readonly InMemoryBaselineStore _store = new();
    private readonly SweepPolicy _sweep = new(new HalfLife(30), TimeSpan.FromDays(10_000), TimeSpan.FromDays(7));
    private readonly Owner[] _owners;
    private (List<SweepRow> Stale, PartitionClock Clock)? _swept;
    private int _holder;
    private int _checkpoint;
    private int _steps;

    public History(Hub hub, Prior prior, Random chance)
    {
        (_hub, _chance) = (hub, chance);
        _faults = chance.NextDouble() * 0.15;
        _snapshot = new PipelineSnapshot(new WordModel(), prior, PlainModel.Rules) { Exceptions = PlainExceptions.List };
        _owners = [new(NewProcess()), new(NewProcess())];
    }

    public RecordedDeadLetters DeadLetters { get; } = new();

    /// <summary>All bodies sent to the detections hub, by id and rules.</summary>
    public SortedDictionary<string, HashSet<string>> Emitted { get; } = new(StringComparer.Ordinal);

    public int SweptRows { get; private set; }

    public int Kills { get; private set; }

    public int Faults { get; private set; }

    /// <summary>Runs to the end.</summary>
    public void Play()
    {
        while (_checkpoint < _hub.Messages.Count || _owners.Any(o => o.Flight is not null))
        {
            if (++_steps > 10 * MaxSteps) throw new InvalidOperationException($"the partition is stuck at message {_checkpoint}");
            if (IsWild && _chance.Next(40) == 0) _holder = 1 - _holder;
            foreach (var late in _owners.Where(o => o.Flight is { } f && IsTwoEpochsLate(f.Start))) Kill(late);
            if (_chance.Next(20) == 0) Sweep();
            if (IsWild && _chance.NextDouble() < _faults / 30) Kill(_owners[_chance.Next(2)]);

            var owner = _owners[_chance.Next(2)];
            if (owner.Flight is null) Begin(owner);
            else if (owner.Flight.Task.IsCompleted) End(owner);
            else owner.Process.Go(Fault(owner.Process.IsChange));
        }
    }

    public Watermark? Watermark() => _store.ReadWatermarkAsync(Rows, default).GetAwaiter().GetResult()?.Watermark;

    /// <summary>The rows of one parent that still count on the last day, in order of the child's name.</summary>
    public IReadOnlyList<(string Child, long Units, DateTimeOffset First, DateTimeOffset Last)> RowsOf(string parent)
    {
        var day = new PartitionClock(Watermark()!.HighestEnqueuedTime).Day;
        return [.. _store.ReadLaunchesAsync(Rows, parent, default).GetAwaiter().GetResult()
            .Select(r => r.At(day, new HalfLife(_settings.HalfLifeDays)))
            .Where(r => r.Count.IsPresent)
            .Select(r => (r.Name!, r.Count.Units, r.FirstSeen, r.LastSeen))
            .OrderBy(r => r.Item1, StringComparer.Ordinal)];
    }

    /// <summary>
    /// On which hosts (for which users) a child was classified as malicious, as it still counts on the last day, in order of name.
    /// </summary>
    public IReadOnlyList<(
        string Name, long Units, DateTimeOffset First, DateTimeOffset Last)> OccurrencesOf(OccurrenceKind kind, string child)
    {
        var day = new PartitionClock(Watermark()!.HighestEnqueuedTime).Day;
        return [.. _store.ReadOccurrencesAsync(Rows, kind, child, default).GetAwaiter().GetResult()
            .Select(r => r.At(day, new HalfLife(_settings.HalfLifeDays)))
            .Where(r => r.Count.IsPresent)
            .Select(r => (r.Name!, r.Count.Units, r.FirstSeen, r.LastSeen))
            .OrderBy(r => r.Item1, StringComparer.Ordinal)];
    }

    /// <summary>The sums of one window, in order of kind and name.</summary>
    public IReadOnlyList<MaliciousSum> SumsOf(ClockWindow window) =>
        [.. _store.ReadSumsAsync(Rows, window, default)
            .GetAwaiter()
            .GetResult()
            .OrderBy(s => s.Key.Kind)
            .ThenBy(s => s.Key.Entity, StringComparer.Ordinal)];

    /// <summary>What a cap says at the last hour.</summary>
    public Quota QuotaOf(QuotaKey key) =>
        (_store.ReadQuotaAsync(Rows, key, default).GetAwaiter().GetResult() ?? Quota.None)
            .At(new PartitionClock(Watermark()!.HighestEnqueuedTime).Hour);

    /// <summary>What exceptions did, by id.</summary>
    public IReadOnlyDictionary<string, ExceptionCount> Exceptions() =>
        PlainExceptions.List.Items.Select(
            i => _store.ReadExceptionAsync(Rows, i.Id, default).GetAwaiter().GetResult()).OfType<ExceptionCount>()
            .ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>The detections that are stored as suppressed: id and rules.</summary>
    public IEnumerable<string> Suppressed() =>
        _store.ReadDetectionsAsync(Rows, default, new Position(int.MaxValue, 0, 0), default).GetAwaiter().GetResult()
            .Where(d => d.IsSuppressed).Select(d => PipelineBench.IdAndRules(d.Body)).Order(StringComparer.Ordinal);

    /// <summary>Faults come only in the first part, so that the second shows whether the partition gets on.</summary>
    private bool IsWild => _steps < MaxSteps;

    private SteppedProcess NewProcess() => new(_store, DeadLetters, _settings);

    private StepFault Fault(bool isChange)
    {
        if (!IsWild || _chance.NextDouble() >= _faults) return StepFault.None;
        Faults++;
        return (StepFault)_chance.Next(1, isChange ? 6 : 3);
    }

    /// <summary>Only the lease's holder is handed anything new: from the checkpoint on, or from before it after a crash.</summary>
    private void Begin(Owner owner)
    {
        if (owner.Again is { } again)
        {
            owner.Again = null;
            if (!IsTwoEpochsLate(again.Start)) Fly(owner, again.Start, again.End);
            return;
        }

        if (owner != _owners[_holder] || _checkpoint == _hub.Messages.Count) return;
        var start = Math.Max(_hub.StartOfEpoch(_checkpoint), _checkpoint - (_chance.Next(3) == 0 ? _chance.Next(8) : 0));
        Fly(owner, start, Math.Min(_hub.EndOfEpoch(_checkpoint), _checkpoint + _chance.Next(1, 14)));
    }

    /// <summary>No host keeps a batch through two failovers.</summary>
    private bool IsTwoEpochsLate(int start) =>
        _checkpoint < _hub.Messages.Count && _hub.Messages[start].Epoch < _hub.Messages[_checkpoint].Epoch - 1;

    private void Fly(Owner owner, int start, int end)
    {
        var batch = new EventBatch(PipelineBench.Partition, [.. _hub.Wire.Skip(start).Take(end - start)]);
        owner.Flight = new Flight(start, end, owner.Process.ProcessAsync(batch, _snapshot));
    }

    private void End(Owner owner)
    {
        var flight = owner.Flight!;
        owner.Flight = null;
        if (flight.Task.IsCompletedSuccessfully)
        {
            var answerLost = IsWild && _chance.NextDouble() < _faults;
            if (answerLost) Retry(owner, flight);
            else Done(owner, flight);
            return;
        }

        switch (flight.Task.Exception!.InnerException)
        {
            case KilledException:
                Replace(owner);
                break;
            case StoreUnavailableException:
                Retry(owner, flight);
                break;
            default:
                throw flight.Task.Exception;
        }
    }

    /// <summary>The host that lost the lease still sends what it gets, but no longer moves the checkpoint.</summary>
    private void Done(Owner owner, Flight flight)
    {
        foreach (var detection in flight.Task.Result.Detections)
        {
            var id = PipelineBench.IdAndRules(detection);
            if (!Emitted.TryGetValue(id, out var bodies)) Emitted[id] = bodies = new(StringComparer.Ordinal);
            bodies.Add(Encoding.UTF8.GetString(detection.Span));
        }

        if (owner == _owners[_holder]) _checkpoint = Math.Max(_checkpoint, flight.End);
    }

    /// <summary>The endless retry policy: the same batch, even when the lease has gone elsewhere; or a new host with another cut.</summary>
    private void Retry(Owner owner, Flight flight)
    {
        if (_chance.Next(4) > 0) owner.Again = (flight.Start, flight.End);
    }

    /// <summary>A sweep in two steps, between which anything may happen: look what is stale, and delete it.</summary>
    private void Sweep()
    {
        var partition = Rows.ToString();
        if (_swept is { } swept)
        {
            SweptRows += _store.DeleteAsync(partition, swept.Stale, default).GetAwaiter().GetResult().Deleted;
            _swept = null;
        }
        else if (_store.ReadStateAsync(partition, default).GetAwaiter().GetResult() is { } state)
        {
            var page = _store.ReadPageAsync(partition, null, default).GetAwaiter().GetResult();
            _swept = ([.. page.Rows.Where(row => _sweep.IsStale(row, state.Clock))], state.Clock);
        }
    }

    private void Kill(Owner owner)
    {
        owner.Flight = null;
        Replace(owner);
    }

    private void Replace(Owner owner)
    {
        Kills++;
        owner.Again = null;
        owner.Process = NewProcess();
    }

    private sealed record Flight(int Start, int End, Task<BatchOutcome> Task);

    private sealed class Owner(SteppedProcess process)
    {
        public SteppedProcess Process { get; set; } = process;

        public Flight? Flight { get; set; }

        public (int Start, int End)? Again { get; set; }
    }
}
