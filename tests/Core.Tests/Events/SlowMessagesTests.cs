using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>The dearest messages that a search has found, and the search.</summary>
public class SlowMessagesTests(ITestOutputHelper output)
{
    private const int MegaByte = 1024 * 1024;
    private const int Kept = 10;

    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_SEARCH_SECONDS"), out var seconds)
        ? seconds
        : 60;

    /// <summary>Kept from searches: each line is start, part and end, as JSON texts.</summary>
    public static TheoryData<string> Worst =>
    [
        .. File.ReadAllLines(RepositoryRoot.Combine("tests", "Core.Tests", "Events", "slow-messages.txt")).Where(l => l.StartsWith('[')),
    ];

    [Theory]
    [MemberData(nameof(Worst))]
    public void A_dear_message_of_four_times_the_size_takes_memory_in_proportion(string recipe)
    {
        var message = Of(recipe);
        var (_, small) = message.Read(MegaByte / 4);
        var (elapsed, large) = message.Read(MegaByte);

        output.WriteLine($"{elapsed.TotalMilliseconds:0} ms, {large / 1024 / 1024} MiB allocated for one MiB");
        Assert.InRange(large, 0, (small * 6) + (16 * MegaByte));
    }

    /// <summary>By hand: CHANGELING_SEARCH_SECONDS=3600. Climbs from what is kept and from single pieces to what takes more time.</summary>
    [Fact(Explicit = true)]
    public void Search_for_the_megabyte_that_takes_longest()
    {
        var chance = new Random(1);
        var pool = Worst.Select(recipe => Of(recipe.Data))
            .Append(new("[", "0,", "0]"))
            .Select(m => (Message: m, Took: m.Read(MegaByte).Elapsed))
            .ToList();
        var (until, tried) = (TimeProvider.System.GetTimestamp() + (Seconds * TimeProvider.System.TimestampFrequency), 0);
        while (TimeProvider.System.GetTimestamp() < until)
        {
            var next = pool[chance.Next(pool.Count)].Message;
            for (var changes = chance.Next(1, 4); changes > 0; changes--) next = next.Changed(chance);
            tried++;
            if (next.Part.Length == 0) continue;
            var took = next.Read(MegaByte).Elapsed;
            if (pool.Count == Kept && took <= pool[^1].Took) continue;

            // Once more: a pause of the machine is not the message's fault.
            took = TimeSpan.FromTicks(Math.Min(took.Ticks, next.Read(MegaByte).Elapsed.Ticks));
            pool = [.. pool.Where(p => p.Message != next).Append((Message: next, Took: took)).OrderByDescending(p => p.Took).Take(Kept)];
        }

        output.WriteLine($"{tried:N0} messages tried in {Seconds} s");
        foreach (var (message, took) in pool)
            output.WriteLine(
                $"{took.TotalMilliseconds:0} ms {System.Text.Json.JsonSerializer.Serialize<string[]>([message.Start, message.Part, message.End])}");
    }

    private static SlowMessage Of(string recipe)
    {
        var parts = System.Text.Json.JsonSerializer.Deserialize<string[]>(recipe)!;
        return new SlowMessage(parts[0], parts[1], parts[2]);
    }
}
