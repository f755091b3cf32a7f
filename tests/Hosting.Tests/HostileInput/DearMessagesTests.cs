using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Hosting.Tests.HostileInput;

/// <summary>The dearest messages that a search has found, and the search.</summary>
public class DearMessagesTests(ITestOutputHelper output)
{
    private const int MegaByte = 1024 * 1024;
    private const int Kept = 5;

    /// <summary>Of the messages that are kept: an attack in them costs milliseconds, and a megabyte holds more than a thousand.</summary>
    private const int Size = MegaByte / 8;

    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_SEARCH_SECONDS"), out var seconds)
        ? seconds
        : 60;

    /// <summary>Kept from searches: each line is start, part and end, as JSON texts.</summary>
    public static TheoryData<string> Worst =>
    [
        .. File.ReadAllLines(RepositoryRoot.Combine("tests", "Hosting.Tests", "HostileInput", "dear-messages.txt"))
            .Where(l => l.StartsWith('[')),
    ];

    [Theory]
    [MemberData(nameof(Worst))]
    public async Task A_dear_message_of_four_times_the_size_takes_memory_in_proportion(string recipe)
    {
        var message = Of(recipe);
        var (_, small) = await message.ProcessAsync(Size / 4);
        var (elapsed, large) = await message.ProcessAsync(Size);

        output.WriteLine($"{elapsed.TotalMilliseconds:0} ms, {large / MegaByte} MiB allocated for {Size / 1024} KiB");
        Assert.InRange(large, 0, (small * 6) + Size);
    }

    /// <summary>Each is explained: what an explanation allocates must not add up.</summary>
    [Fact]
    public async Task Three_hundred_attacks_on_as_many_hosts_allocate_less_than_250_MiB()
    {
        const string attack =
            """{"EventID":4688,"Channel":"Security","Computer":"h#","TimeCreated":"2026-11-02T08:00:00Z","ParentProcessName":"C:\\Windows\\System32\\cmd.exe","NewProcessName":"C:\\Windows\\System32\\vssadmin.exe","CommandLine":"vssadmin delete shadows /all /quiet"},""";
        var message = new DearMessage("[", attack, "0]");
        await message.ProcessAsync(MegaByte / 64);

        var (elapsed, allocated) = await message.ProcessAsync(300 * attack.Length);

        output.WriteLine($"{elapsed.TotalMilliseconds:0} ms of processor time, {allocated / MegaByte} MiB allocated");
        Assert.InRange(allocated, MegaByte, 250L * MegaByte);
    }

    /// <summary>
    /// By hand: CHANGELING_SEARCH_SECONDS=3600. Climbs from what is kept and from single pieces, in turn to what takes more time and to
    /// what takes more memory.
    /// </summary>
    [Fact(Explicit = true)]
    public async Task Search_for_the_megabyte_that_takes_most_time_or_memory()
    {
        var chance = new Random(1);
        var measured = new Dictionary<DearMessage, (TimeSpan Elapsed, long Allocated)>();
        var known = Worst.Select(recipe => Of(recipe.Data)).Append(new("[", "0,", "0]")).ToList();
        var cold = await known[^2].ProcessAsync(MegaByte);
        foreach (var recipe in known) await recipe.ProcessAsync(MegaByte / 8);
        foreach (var recipe in known) measured[recipe] = await TwiceAsync(recipe);
        var (slow, large) = Dearest(measured);
        var (until, tried) = (TimeProvider.System.GetTimestamp() + (Seconds * TimeProvider.System.TimestampFrequency), 0);
        while (TimeProvider.System.GetTimestamp() < until)
        {
            var pool = tried++ % 2 == 0 ? slow : large;
            var next = pool[chance.Next(pool.Count)];
            for (var changes = chance.Next(1, 4); changes > 0; changes--) next = next.Changed(chance);
            if (next.Part.Length == 0 || measured.ContainsKey(next)) continue;
            var cost = await next.ProcessAsync(MegaByte);
            if (slow.Count == Kept && cost.Elapsed <= measured[slow[^1]].Elapsed && cost.Allocated <= measured[large[^1]].Allocated)
                continue;

            measured[next] = await TwiceAsync(next);
            (slow, large) = Dearest(measured);
            foreach (var given in measured.Keys.Except(slow).Except(large).ToList()) measured.Remove(given);
        }

        output.WriteLine($"{tried:N0} messages tried in {Seconds} s; first message of the process: {cold.Elapsed.TotalMilliseconds:0} ms");
        foreach (var message in slow.Union(large))
        {
            var (elapsed, allocated) = measured[message];
            output.WriteLine(
                $"{elapsed.TotalMilliseconds:0} ms, {allocated / MegaByte} MiB {JsonSerializer.Serialize<string[]>([message.Start, message.Part, message.End])}");
        }
    }

    /// <summary>The better of two: a collection of what others left, or a compilation, is not the fault of the message.</summary>
    private static async Task<(TimeSpan Elapsed, long Allocated)> TwiceAsync(DearMessage message)
    {
        var (one, other) = (await message.ProcessAsync(MegaByte), await message.ProcessAsync(MegaByte));
        return (one.Elapsed < other.Elapsed ? one.Elapsed : other.Elapsed, Math.Min(one.Allocated, other.Allocated));
    }

    private static (List<DearMessage> Slow, List<DearMessage> Large) Dearest(
        Dictionary<DearMessage, (TimeSpan Elapsed, long Allocated)> measured) =>
    (
        [.. measured.OrderByDescending(m => m.Value.Elapsed).Take(Kept).Select(m => m.Key)],
        [.. measured.OrderByDescending(m => m.Value.Allocated).Take(Kept).Select(m => m.Key)]);

    private static DearMessage Of(string recipe)
    {
        var parts = JsonSerializer.Deserialize<string[]>(recipe)!;
        return new DearMessage(parts[0], parts[1], parts[2]);
    }
}
