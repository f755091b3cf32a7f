using System.Text;
using System.Text.Json;
using Changeling.Catalogues;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Storing;
using Changeling.TestSupport.Contract;
using CsCheck;

namespace Changeling.Core.Tests.Incidents;

/// <summary>What a message cuts, in which order, and that nothing that an endpoint sends makes it too large or invalid.</summary>
public class IncidentSizeTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly string[] Pieces =
    [
        "\"", "\\", "<", "&", "\ud800", "\udfff", "\u2028", "\u0000", "\u001f", "\u007f", "\u0085", "\ufffe", "\u202e", "é",
        "\ud83d\ude00", "a", " ", "\n",
    ];

    private static readonly Gen<string> AnyText = Gen.Select(
        Gen.Int[0, 4_000], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 12]).Select((length, pieces) =>
        {
            var text = new StringBuilder(length + 64);
            for (var i = 0; text.Length < length; i++) text.Append(pieces[i % pieces.Length]);
            return text.ToString(0, length);
        });

    [Fact]
    public async Task No_text_of_a_step_makes_a_message_too_large_or_invalid()
    {
        var messages = new List<string>();
        Gen.Select(Gen.Int[1, Incident.MaxMembers], AnyText.Array[1, 5]).Sample(
            (steps, texts) =>
            {
                var incident = GoldenIncidents.Many(steps, 300, n => texts[n % texts.Length]);
                foreach (var format in Enum.GetValues<DetectionFormat>())
                {
                    var bytes = Write(incident, format);

                    Assert.InRange(bytes.Length, 1_000, StoredDetection.MaxBytes);
                    Assert.Equal(bytes, Write(incident, format));
                    using var json = JsonDocument.Parse(Strict.GetString(bytes));
                    Assert.Equal(incident.Id.ToString(), DetectionEnvelope.Read(bytes).Key);
                    if (format == DetectionFormat.Ecs) continue;
                    Assert.Empty(OcsfFacts.Version180.Faults(json.RootElement));
                    lock (messages) messages.Add(json.RootElement.GetRawText());
                }
            },
            iter: 60);

        Assert.Empty(await DetectionSchema.IncidentFaultsAsync(messages, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('\u0001')]
    [InlineData('\ud800')]
    [InlineData('é')]
    public void The_largest_incident_with_texts_of_one_character_still_fits(char unit)
    {
        var text = new string(unit, 2_000);
        var incident = GoldenIncidents.Many(Incident.MaxMembers, 2_000, _ => text);
        var worst = incident with
        {
            Members = [.. incident.Members.Select((m, n) => m with { Signal = Filled(m.Signal, n, text) })],
            Clusters = [.. Enumerable.Range(0, 500).Select(n => new IncidentCluster(text, $"{n}{text}", incident.Begin))],
        };

        Assert.All(
            Enum.GetValues<DetectionFormat>(), format => Assert.InRange(Write(worst, format).Length, 5_000, StoredDetection.MaxBytes));
    }

    [Fact]
    public void An_ordinary_incident_of_the_largest_number_of_steps_keeps_all_of_them_and_says_that_texts_were_cut()
    {
        var message = Message("many-steps");

        Assert.Equal(Incident.MaxMembers, Processes(message).Count(p => p.GetProperty("member").GetBoolean()));
        Assert.True(JsonPath.Find(message, "metadata.is_truncated")!.Value.GetBoolean());
        Assert.InRange(JsonPath.Find(message, "metadata.untruncated_size")!.Value.GetInt64(), 61, 400);
        Assert.Equal(7, JsonPath.Find(message, "unmapped.changeling.left_out")!.Value.GetInt32());
    }

    [Fact]
    public void An_incident_that_fits_is_not_cut_at_all()
    {
        var line = new string('x', 20_000);
        var incident = GoldenIncidents.All["two-hosts"].Incident;
        var member = incident.Members[0];
        var message = Parse(incident with
        {
            Members =
            [
                member with { Signal = member.Signal with { Process = member.Signal.Process with { CommandLine = line } } },
                .. incident.Members.Skip(1),
            ],
        });

        Assert.Contains(Processes(message), p => p.TryGetProperty("command_line", out var found) && found.GetString() == line);
        Assert.Null(JsonPath.Find(message, "metadata.is_truncated"));
    }

    [Fact]
    public void The_least_telling_steps_are_left_out_first_and_counted()
    {
        var text = new string('\u0001', 4_000);
        var incident = GoldenIncidents.Many(Incident.MaxMembers, 4_000, n => $"{n}{text}");
        var message = Parse(incident);
        var own = message.GetProperty("unmapped").GetProperty("changeling");
        var kept = Processes(message).Where(p => p.TryGetProperty("weight", out _))
            .Select(p => p.GetProperty("weight").GetDouble()).ToList();

        Assert.InRange(kept.Count, 1, Incident.MaxMembers - 1);
        Assert.Equal(
            incident.Members.Select(m => Math.Round(m.Weight, 4)).OrderDescending().Take(kept.Count), kept.OrderDescending());
        Assert.Equal(incident.LeftOut + Incident.MaxMembers - kept.Count, own.GetProperty("left_out").GetInt32());
        Assert.Equal(incident.LeftOut + Incident.MaxMembers, own.GetProperty("steps").GetInt32());
        Assert.Equal(Incident.MaxMembers, own.GetProperty("findings").GetInt32());
    }

    [Fact]
    public void A_cut_never_parts_a_surrogate_pair() =>
        Assert.DoesNotContain("\ufffd", Parse(GoldenIncidents.Many(Incident.MaxMembers, 4_000, _ =>
            string.Concat(Enumerable.Repeat("\ud83d\ude00", 500)))).GetRawText(), StringComparison.Ordinal);

    /// <summary>As many rules, ATT&amp;CK ids, ancestors and reasons as there could be, all long and all different.</summary>
    private static Signal Filled(Signal signal, int number, string text) => signal with
    {
        Host = $"{number}{text}",
        User = $"{number}{text}",
        Rules = [.. Enumerable.Range(0, 41).Select(n => new SignalRule($"{n}{text}", $"{n}{text}"))],
        Attacks = [.. Enumerable.Range(0, 40).Select(n => new AttackReference($"TA{n:0000}", $"T{1000 + n}.{number:000}"))],
        Ancestors =
        [
            .. Enumerable.Range(0, 8).Select(n => new SignalProcess($"{number}{n}{text}", $"{number}{n}{text}", 4, text, 0.123456789)),
        ],
        Reasons = [.. Enumerable.Repeat(text, 20)],
    };

    private static byte[] Write(Incident incident, DetectionFormat format) =>
        GoldenIncidents.Write(new GoldenIncidents.Case(incident, IncidentActivity.Update), format);

    private static JsonElement Parse(Incident incident) => JsonDocument.Parse(Write(incident, DetectionFormat.Ocsf)).RootElement;

    private static JsonElement Message(string name) => JsonDocument.Parse(GoldenIncidents.Write(name, DetectionFormat.Ocsf)).RootElement;

    private static List<JsonElement> Processes(JsonElement message) =>
        [.. message.GetProperty("unmapped").GetProperty("changeling").GetProperty("processes").EnumerateArray()];
}
