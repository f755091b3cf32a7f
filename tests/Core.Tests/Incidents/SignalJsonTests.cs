using System.Text;
using System.Text.Json;
using Changeling.Catalogues;
using Changeling.Events;
using Changeling.Incidents;
using Changeling.Rules;
using Changeling.Storing;
using static Changeling.Core.Tests.Incidents.SomeSignal;

namespace Changeling.Core.Tests.Incidents;

public class SignalJsonTests
{
    [Fact]
    public void A_signal_comes_back_as_it_was()
    {
        var signal = Of("net.exe", probability: 0, guid: "{1}", rarity: 0) with
        {
            Act = null,
            Severity = Severity.High,
            Attacks = [new AttackReference("TA0006", "T1003.001")],
            Reasons = ["dumps a process"],
            Rules = [new("a", "A rule")],
            IsNote = true,
        };

        var back = Assert.Single(SignalJson.Read(Assert.Single(SignalJson.Rows([(new(0, 7, 0), signal)])).Body));

        Assert.Equivalent(signal, back, strict: true);
    }

    [Fact]
    public void Lists_that_a_row_does_not_have_are_empty()
    {
        const string row = """
            [{ "uid": "00000000-0000-0000-0000-000000000001", "time": "2026-11-03T09:00:00Z", "started": "2026-11-03T09:00:00Z",
               "host": "ws-1", "process": { "name": "a.exe" }, "step": "0123456789abcdef", "probability": 0.9, "unknown": 1 }]
            """;

        var signal = Assert.Single(SignalJson.Read(Encoding.UTF8.GetBytes(row)));

        Assert.Equal((0, 0, 0, 0), (signal.Ancestors.Count, signal.Rules.Count, signal.Attacks.Count, signal.Reasons.Count));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{ "host": "ws-1", "process": { "name": "a.exe" }, "step": "0123456789abcdef" }""")]
    [InlineData("""{ HEAD, "host": null, "process": { "name": "a.exe" }, "step": "0123456789abcdef", "probability": 0.9 }""")]
    [InlineData("""{ HEAD, "host": "ws-1", "process": null, "step": "0123456789abcdef", "probability": 0.9 }""")]
    [InlineData("""{ HEAD, "host": "ws-1", "process": { "name": "a.exe" }, "step": "none", "probability": 0.9 }""")]
    public void A_row_without_what_every_signal_has_is_damaged(string signal)
    {
        const string head =
            """
            "uid": "00000000-0000-0000-0000-000000000001", "time": "2026-11-03T09:00:00Z", "started": "2026-11-03T09:00:00Z"
            """;

        var row = $"[{signal.Replace("HEAD", head, StringComparison.Ordinal)}]";
        Assert.ThrowsAny<JsonException>(() => SignalJson.Read(Encoding.UTF8.GetBytes(row)));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('\u0001')]
    [InlineData('漢')]
    [InlineData('\ud800')]
    public void Rows_are_bounded_whatever_the_texts_hold(char character)
    {
        var text = new string(character, 100_000);
        var signals = Enumerable.Range(0, 200).Select(i => (new Position(0, i, 0), Of("a.exe") with
        {
            Host = text,
            User = text,
            Process = new(text, text, uint.MaxValue, text, 0.5),
            Ancestors = [.. Enumerable.Repeat(new SignalProcess(text, text, uint.MaxValue, text, 0.5), 4)],
            Rules = [.. Enumerable.Repeat(new SignalRule(text, text), 41)],
            Attacks = [.. Enumerable.Repeat(new AttackReference("TA0001", "T1001.001"), 100)],
            Reasons = [text, text, text],
        })).ToList();

        var rows = SignalJson.Rows(signals);

        Assert.All(rows, row => Assert.InRange(row.Body.Length, 1, StoredDetection.MaxBytes));
        Assert.Equal(200, rows.Sum(row => SignalJson.Read(row.Body).Count));
        Assert.Equal(signals.Chunk(SignalJson.PerRow).Select(some => some[0].Item1), rows.Select(row => row.First));
    }

    [Fact]
    public void An_ordinary_command_line_is_kept_whole()
    {
        const string line = @"""C:\Windows\System32\rundll32.exe"" C:\windows\System32\comsvcs.dll, MiniDump 624 C:\temp\lsass.dmp full";
        var signal = Of("rundll32.exe") with { Process = new("rundll32.exe", "{1}", 7, line, 0.99) };

        var row = Assert.Single(SignalJson.Rows([(default, signal)]));

        Assert.Equal(line, SignalJson.Read(row.Body)[0].Process.CommandLine);
        Assert.Contains("MiniDump 624", Encoding.UTF8.GetString(row.Body.Span), StringComparison.Ordinal);
    }
}
