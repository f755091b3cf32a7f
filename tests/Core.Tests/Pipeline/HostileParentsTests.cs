using System.Text.Json;
using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Storing;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Core.Tests.Pipeline;

/// <summary>Parents and children as an attacker would choose them: bounded rows, bounded bytes, bounded memory, no lost count.</summary>
public class HostileParentsTests
{
    [Fact]
    public async Task A_parent_of_many_distinct_children_stays_at_1024_rows_and_counts_the_rest_together()
    {
        var bench = new PipelineBench();
        byte[][] records = [.. Enumerable.Range(0, 4_000).Select(i => Record("cmd.exe", Word(i) + ".exe"))];

        await bench.ProcessAsync([.. records.Chunk(500).Index().Select(m => Message(m.Index + 1, Many(m.Item)))]);

        var rows = await bench.LaunchesAsync("cmd.exe");
        Assert.Equal(ParentHistory.MaxOwnRows + 1, rows.Count);
        Assert.Equal(4_000 - ParentHistory.MaxOwnRows, rows.Single(r => r.IsShared).Count.Launches);
    }

    [Fact]
    public async Task Names_of_32_KB_and_of_forbidden_characters_are_counted_and_detected_within_bounds()
    {
        var bench = new PipelineBench();
        string[] names =
        [
            new string('x', 32 * 1024) + ".exe", "a|b|c", "~007c~~", "*", "?#%2f", "\u0001\u009f", "\ud800", "é".PadRight(300, 'é'),
        ];
        await bench.ProcessAsync([.. Enumerable.Range(0, 3000).Select(i => Message(i, Record("services.exe", "svchost.exe"), Some.Time))]);

        var outcome = await bench.ProcessAsync([.. names.Select((n, i) => Message(10_000 + i, Record("services.exe", n, n + " evil")))]);

        Assert.Equal(names.Length, outcome.Scored);
        Assert.NotEmpty(outcome.Detections);
        Assert.All(outcome.Detections, d =>
        {
            Assert.InRange(d.Length, 1, StoredDetection.MaxBytes);
            JsonDocument.Parse(d).Dispose();
        });
        Assert.Equal(
            names.Length, (await bench.LaunchesAsync("services.exe")).Where(r => r.Name != "svchost.exe").Sum(r => r.Count.Launches));
        Assert.All(await bench.LaunchesAsync("services.exe"), r => Assert.InRange(r.Name!.Length, 1, LineageName.MaxLength));
    }

    [Fact]
    public async Task Ten_thousand_launches_of_the_bad_child_on_one_host_leave_it_rare()
    {
        var bench = new PipelineBench(settings: new PipelineSettings { EmitAfter = TimeSpan.Zero });
        await bench.ProcessAsync(
            [.. Enumerable.Range(0, 4000).Select(i => Message(i, Record("services.exe", "svchost.exe", host: $"ws-{i % 40}"), Some.Time))]);

        await bench.ProcessAsync([.. Enumerable.Range(0, 20).Select(i => Message(
            10_000 + i, Many([.. Enumerable.Repeat(Record("services.exe", "certutil.exe", "plain", host: "ws-1"), 500)]), Some.Time))]);
        var outcome = await bench.ProcessAsync(Message(20_000, Record("services.exe", "certutil.exe", "evil", host: "ws-2"), Some.Time));

        Assert.Equal(3 + 1, (await bench.LaunchesAsync("services.exe")).Single(r => r.Name == "certutil.exe").Count.Launches);
        Assert.Single(outcome.Detections);
    }

    [Fact]
    public async Task A_partition_holds_no_more_rows_in_memory_than_the_setting_and_one_parent_whatever_a_batch_brings()
    {
        var store = new CountingStore(children: 300);
        var settings = new PipelineSettings { CachedRows = 1_100 };
        var pipeline = new BatchPipeline(store, new RecordedDeadLetters(), settings);
        var batch = new EventBatch(
            PipelineBench.Partition, [.. Enumerable.Range(0, 90).Select(i => Message(i, Record(Word(i) + ".exe", "x.exe")))]);

        var outcome = await pipeline.ProcessAsync(
            batch, new PipelineSnapshot(new WordModel(), Priors.Small, RuleSets.ByParent), TestContext.Current.CancellationToken);

        Assert.InRange(store.MaxReadBetweenCommits, 1, settings.CachedRows + 300);
        Assert.InRange(outcome.CachedRows, 300, settings.CachedRows + 302);
        Assert.True(store.Commits > 15, $"{store.Commits} commits");
    }

    /// <summary>Letters only, so that nothing folds.</summary>
    private static string Word(int number) => string.Concat(number.ToString("d5", null).Select(digit => (char)('g' + (digit - '0'))));

    /// <summary>Every parent has many children already.</summary>
    private sealed class CountingStore(int children) : BaselineStoreDecorator(new InMemoryBaselineStore())
    {
        private int _read;

        public int MaxReadBetweenCommits { get; private set; }

        public int Commits { get; private set; }

        public override Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
            BaselinePartition partition, string parent, CancellationToken cancellationToken)
        {
            _read += children;
            MaxReadBetweenCommits = Math.Max(MaxReadBetweenCommits, _read);
            return Task.FromResult<IReadOnlyList<CountRow>>(
                [.. Enumerable.Range(0,
                    children).Select(i =>
                        new CountRow($"{Word(i)}.exe", LaunchCount.One, new PartitionClock(Some.Time).Day, Some.Time, Some.Time))]);
        }

        public override Task<CommitResult> CommitAsync(
            BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
        {
            (_read, Commits) = (0, Commits + 1);
            return base.CommitAsync(partition, commit, cancellationToken);
        }
    }
}
