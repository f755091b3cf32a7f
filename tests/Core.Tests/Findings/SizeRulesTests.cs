using System.Text;
using System.Text.Json;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Findings;

/// <summary>What a finding cuts, in which order, and that nothing that an endpoint sends makes it too large or invalid.</summary>
public class SizeRulesTests
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly string[] Pieces =
        [
            "\"", "\\", "'", "<", "&", "\ud800", "\udfff", "\u2028", "\u2029", "\u0000", "\u001f", "\u007f", "\u0085", "\ufffe", "\u202e",
            "é", "\ud83d\ude00", "a", " ",
        ];

    [Fact]
    public void No_text_of_an_event_makes_a_finding_too_large_or_invalid() =>
        Gen.Select(Text(40_000), Text(40_000), Text(3_000), Text(3_000)).Sample(
            texts =>
            {
                var (line, parentLine, name, other) = texts;
                var detection = GoldenDetections.Of(Event(line, parentLine, name, other));
                foreach (var format in Enum.GetValues<DetectionFormat>())
                {
                    var bytes = GoldenDetections.Write(detection, format);

                    Assert.InRange(bytes.Length, 1_000, StoredDetection.MaxBytes);
                    using var json = JsonDocument.Parse(Strict.GetString(bytes));
                    Assert.Contains(detection.Id.ToString(), json.RootElement.GetRawText(), StringComparison.Ordinal);
                    Assert.Equal(bytes, GoldenDetections.Write(detection, format));
                }
            },
            iter: 60);

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('\u0001')]
    [InlineData('\ud800')]
    [InlineData('é')]
    public void A_megabyte_of_one_character_everywhere_still_fits(char unit)
    {
        var hostile = new string(unit, 1_000_000);

        var bytes = GoldenDetections.Write(GoldenDetections.Of(Event(hostile, hostile, hostile, hostile)), DetectionFormat.Ocsf);

        Assert.InRange(bytes.Length, 1_000, StoredDetection.MaxBytes);
        var finding = JsonDocument.Parse(bytes).RootElement;
        Assert.True(finding.GetProperty("metadata").GetProperty("is_truncated").GetBoolean());
        Assert.Equal(
            Encoding.UTF8.GetByteCount(hostile),
            Data(finding).GetProperty("truncated").GetProperty("parent_command_line_bytes").GetInt64());
    }

    [Theory]
    [InlineData(8_192, 8_192)]
    [InlineData(8_193, 8_192)]
    [InlineData(32_768, 8_192)]
    public void An_ordinary_command_line_is_cut_at_8192_units(int length, int kept)
    {
        var finding = Finding(GoldenDetections.Of(Some.ProcessEvent(commandLine: new string('x', length))));

        Assert.Equal(kept, finding.GetProperty("evidences")[0].GetProperty("process").GetProperty("cmd_line").GetString()!.Length);
        Assert.Equal(length > kept, finding.GetProperty("metadata").TryGetProperty("is_truncated", out _));
    }

    [Fact]
    public void What_is_cut_says_how_much_there_was()
    {
        var finding = Finding(GoldenDetections.Of(Some.ProcessEvent(commandLine: new string('x', 32_768))));

        var size = finding.GetRawText().Length + 32_768 - 8_192;
        Assert.Equal(32_768, Data(finding).GetProperty("truncated").GetProperty("command_line_bytes").GetInt64());
        Assert.InRange(finding.GetProperty("metadata").GetProperty("untruncated_size").GetInt64(), (size / 1024) - 1, (size / 1024) + 1);
    }

    [Fact]
    public void A_cut_never_parts_a_surrogate_pair()
    {
        var line = string.Concat(new string('x', 8_191), "\ud83d\ude00", "rest");

        var finding = Finding(GoldenDetections.Of(Some.ProcessEvent(commandLine: line)));

        Assert.Equal(
            new string('x', 8_191), finding.GetProperty("evidences")[0].GetProperty("process").GetProperty("cmd_line").GetString());
    }

    [Fact]
    public void At_most_ten_reasons_and_usual_children_are_carried()
    {
        var detection = GoldenDetections.All["story"];
        var finding = Finding(detection with
        {
            Reasons = [.. Enumerable.Range(0, 30).Select(i => new PredictionReason($"feature.{i}", 1))],
            UsualChildren = [.. Enumerable.Repeat(detection.UsualChildren[0], 30)],
        });

        Assert.Equal(10, Data(finding).GetProperty("prediction").GetProperty("reasons").GetArrayLength());
        Assert.Equal(10, Data(finding).GetProperty("rarity").GetProperty("usual_children").GetArrayLength());
    }

    [Fact]
    public void Evidence_gives_way_before_the_command_line_and_the_id_never()
    {
        var detection = GoldenDetections.Of(Some.ProcessEvent(commandLine: new string('"', 8_192))) with
        {
            Reasons =
            [
                .. Enumerable.Range(0, 10).Select(
                    i => new PredictionReason($"feature.{i}", 1) { Description = new string('x', 1_024), Text = "x" }),
            ],
        };

        var finding = Finding(detection);

        Assert.Equal(3, Data(finding).GetProperty("prediction").GetProperty("reasons").GetArrayLength());
        Assert.Equal(8_192, finding.GetProperty("evidences")[0].GetProperty("process").GetProperty("cmd_line").GetString()!.Length);
        Assert.Equal(detection.Id.ToString(), finding.GetProperty("finding_info").GetProperty("uid").GetString());
    }

    [Fact]
    public void All_rules_that_may_be_enabled_fit_with_the_longest_names_and_a_hostile_command_line()
    {
        var rule = GoldenDetections.All["story"].Rule with { Name = new string('n', 128), Version = new string('v', 64) };
        var item = Tests.Exceptions.SomeExceptions.Item(new string('e', 64)) with { Name = new string('x', 128) };
        var near = new ExceptionEvidence(10, [.. Enumerable.Repeat(new NearMiss(item, "process.name"), 10)], null);
        var detection = GoldenDetections.Of(Some.ProcessEvent(commandLine: new string('"', 32_768))) with
        {
            Rules =
            [
                .. Enumerable.Range(0, RuleSet.MaxOnEvents)
                    .Select(i => new DetectedRule(rule with { Id = $"{new string('r', 61)}-{i:00}" }, new Quota(495_000, 1, 17), near)),
            ],
        };

        Assert.Equal(RuleSet.MaxOnEvents, Data(Finding(detection)).GetProperty("rules").GetArrayLength());
        Assert.InRange(GoldenDetections.Write(detection, DetectionFormat.Ecs).Length, 1_000, StoredDetection.MaxBytes);
    }

    [Fact]
    public void What_no_cut_can_make_small_is_refused()
    {
        var story = GoldenDetections.All["story"];

        Assert.Throws<InvalidOperationException>(() => GoldenDetections.Write(
            story with { Rules = [new(story.Rule with { Description = new string('x', StoredDetection.MaxBytes) })] },
            DetectionFormat.Ocsf));
    }

    private static Gen<string> Text(int most) =>
        Gen.Select(Gen.Int[0, most], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 12]).Select((length, pieces) =>
        {
            var text = new StringBuilder(length + 64);
            for (var i = 0; text.Length < length; i++) text.Append(pieces[i % pieces.Length]);
            return text.ToString(0, length);
        });

    private static ProcessEvent Event(string line, string parentLine, string name, string other) => new()
    {
        Time = Some.Time,
        Host = new HostIdentity(name + "h", other),
        User = new UserIdentity(name, other, other),
        Child = new ChildProcess { Name = name + "c", Path = other, CommandLine = line, Guid = other, OriginalFileName = other },
        Parent = new ParentProcess { Name = name + "p", Path = other, CommandLine = parentLine, Guid = other },
        Format = SourceFormats.Winlogbeat,
        SourceIdentity = other,
    };

    private static JsonElement Finding(Detection detection) =>
        JsonDocument.Parse(GoldenDetections.Write(detection, DetectionFormat.Ocsf)).RootElement;

    private static JsonElement Data(JsonElement finding) => finding.GetProperty("evidences")[0].GetProperty("data");
}
