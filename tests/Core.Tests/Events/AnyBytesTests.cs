using System.Diagnostics;
using Changeling.Events;
using CsCheck;

namespace Changeling.Core.Tests.Events;

/// <summary>
/// What holds for all bytes whatever. More of them: CHANGELING_FUZZ_SECONDS=600.
/// </summary>
public class AnyBytesTests(ITestOutputHelper output)
{
    private const int Inputs = 15_000;

    /// <summary>What reading takes at most: so much for each byte of the inflated body, and so much for any body.</summary>
    private const int AllocatedPerByte = 200;

    private const int AllocatedAnyway = 1024 * 1024;

    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_FUZZ_SECONDS"), out var seconds)
        ? seconds
        : -1;

    private static readonly byte[] Ingredients = [.. "{}[]\":,\\ud800nuletrs0123-.<\n\r\t \u00e9"u8];

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.Int[0, Ingredients.Length - 1].Select(i => Ingredients[i]).Array[0, 200],
        Gen.Byte.Array[0, 50].Select(bytes => (byte[])[0x1F, 0x8B, 8, 0, .. bytes]),
        Gen.Int[0, Ingredients.Length - 1].Select(i => Ingredients[i]).Array[0, 200].Select(bytes => (byte[])[.. "<Event>"u8, .. bytes]));

    [Fact]
    public void Any_bytes_give_an_outcome_and_never_throw() => Bytes.Sample(bytes => Reading.All(bytes).Count > 0, iter: 20_000);

    [Fact]
    public void Any_damage_to_a_launch_gives_an_outcome_no_fault_of_ours_and_takes_bounded_memory()
    {
        var (started, inputs, read, unreadable, most) = (Stopwatch.GetTimestamp(), 0L, 0L, 0L, 0L);

        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                var body = new Mutations(new Random(seed)).Next();
                var before = GC.GetAllocatedBytesForCurrentThread();

                var outcomes = Reading.All(body);

                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Interlocked.Increment(ref inputs);
                Interlocked.Add(ref read, outcomes.Count(outcome => outcome is RecordOutcome.Read));
                Interlocked.Add(ref unreadable, outcomes.Count(outcome => outcome is RecordOutcome.Unreadable));
                InterlockedMax(ref most, allocated / Math.Max(1, body.Length));
                return outcomes.Count > 0
                    && !outcomes.OfType<RecordOutcome.Unreadable>().Any(u => u.Reason == DeadLetterReasons.InternalError)
                    && allocated < AllocatedAnyway + (long)AllocatedPerByte * InflatedLength(body);
            },
            iter: Inputs,
            time: Seconds);

        Assert.True(
            read > inputs / 10 && unreadable > inputs / 10,
            $"{read} read, {unreadable} unreadable of {inputs}: the damage is too much or too little to show anything");
        output.WriteLine(
            $"{inputs} inputs, {read} launches read, {unreadable} dead letters, at most {most} bytes allocated a byte of body, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    [Fact]
    public void Splitting_loses_no_byte_but_blanks() =>
        Bytes.Sample(bytes =>
        {
            var text = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
            var kept = JsonValueSplitter.Split(bytes).SelectMany(value => value.Value.ToArray());
            return text.AsSpan() is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || NoBlanks(kept).SequenceEqual(NoBlanks(text));
        });

    private static IEnumerable<byte> NoBlanks(IEnumerable<byte> bytes) =>
        bytes.Where(b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));

    /// <summary>A damaged gzip body inflates to no more than its limits allow.</summary>
    private static long InflatedLength(byte[] body) =>
        body is [0x1F, 0x8B, ..] ? (long)body.Length * new MessageLimits().MaxInflationRatio : body.Length;

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
