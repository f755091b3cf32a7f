using Changeling.Events;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Events;

/// <summary>What holds for all bytes whatever.</summary>
public class AnyBytesTests
{
    private static readonly string[] Launches = [.. GoldenLaunch.Messages.Values];

    private static readonly byte[] Ingredients = [.. "{}[]\":,\\ud800nuletrs0123-.<\n\r\t \u00e9"u8];

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.Int[0, Ingredients.Length - 1].Select(i => Ingredients[i]).Array[0, 200],
        Gen.Byte.Array[0, 50].Select(bytes => (byte[])[0x1F, 0x8B, 8, 0, .. bytes]));

    /// <summary>A launch in which some bytes were changed, cut out or put in.</summary>
    private static readonly Gen<byte[]> Mutated =
        from launch in Gen.Int[0, Launches.Length - 1]
        from edits in Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 40], Bytes).Array[1, 4]
        select edits.Aggregate(Reading.Bytes(Launches[launch]), (body, edit) => Edit(body, edit.Item1, edit.Item2, edit.Item3));

    [Fact]
    public void Any_bytes_give_an_outcome_and_never_throw() =>
        Bytes.Sample(bytes => Reading.All(bytes).Count > 0, iter: 20_000);

    [Fact]
    public void Any_damage_to_a_launch_gives_an_outcome_and_no_fault_of_ours() =>
        Mutated.Sample(
            bytes => Reading.All(bytes) is { Count: > 0 } outcomes
                && !outcomes.OfType<RecordOutcome.Unreadable>().Any(unreadable => unreadable.Reason == DeadLetterReasons.InternalError),
            iter: 10_000);

    [Fact]
    public void Any_value_in_place_of_any_value_gives_an_outcome_and_no_fault_of_ours()
    {
        string[] values = ["null", "-1", "1e400", "\"\"", "\"\\ud800\"", "{}", "[]", "[[1]]", "true", "\"0x\"", "\"%%\"", "\" \\u0000\""];
        foreach (var launch in Launches)
        {
            foreach (var quoted in launch.Split('"').Where((_, index) => index % 2 == 1).Distinct())
            {
                foreach (var value in values)
                {
                    var outcomes = Reading.All(launch.Replace($": \"{quoted}\"", $": {value}", StringComparison.Ordinal));
                    Assert.DoesNotContain("internal_error", Reading.Words(outcomes), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Splitting_loses_no_byte_but_blanks() =>
        Bytes.Sample(bytes =>
        {
            var text = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
            var kept = JsonValueSplitter.Split(bytes).SelectMany(value => value.Value.ToArray());
            return NoBlanks(kept).SequenceEqual(NoBlanks(text));
        });

    private static IEnumerable<byte> NoBlanks(IEnumerable<byte> bytes) => bytes.Where(b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));

    private static byte[] Edit(byte[] body, int at, int cut, byte[] put)
    {
        var start = Math.Min(at, body.Length);
        return [.. body[..start], .. put, .. body[Math.Min(start + cut, body.Length)..]];
    }
}
