using System.Text.Json;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Findings;

public class FindingWriterTests
{
    [Fact]
    public void A_finding_says_what_consumers_route_on()
    {
        var detection = Detection();
        var finding = Write(detection);

        Assert.Equal(2004, finding.GetProperty("class_uid").GetInt32());
        Assert.Equal("Medium", finding.GetProperty("severity").GetString());
        Assert.Equal(detection.Risk.Score, finding.GetProperty("risk_score").GetInt32());
        Assert.True(finding.GetProperty("is_alert").GetBoolean());
        Assert.Equal("ws-0417", finding.GetProperty("device").GetProperty("hostname").GetString());
        Assert.Equal(
            finding.GetProperty("metadata").GetProperty("uid").GetString(),
            finding.GetProperty("finding_info").GetProperty("uid").GetString());
        Assert.Equal(
            "Stealth", finding.GetProperty("finding_info").GetProperty("attacks")[0].GetProperty("tactic").GetProperty("name").GetString());
    }

    [Fact]
    public void Times_are_the_messages_and_the_events()
    {
        var finding = Write(Detection());

        Assert.Equal(Some.Time.AddSeconds(40).ToUnixTimeMilliseconds(), finding.GetProperty("time").GetInt64());
        Assert.Equal(Some.Time.ToUnixTimeMilliseconds(), finding.GetProperty("start_time").GetInt64());
    }

    [Fact]
    public void Evidence_that_does_not_exist_is_left_out()
    {
        var data = Write(Detection()).GetProperty("evidences")[0].GetProperty("data");

        Assert.Equal(["schema", "prediction", "rarity", "blocklist", "rules"], data.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void A_reason_carries_its_words_and_the_text_that_caused_it()
    {
        var prediction = Write(Detection(Some.ProcessEvent(commandLine: "http://a")))
            .GetProperty("evidences")[0]
            .GetProperty("data")
            .GetProperty("prediction");

        Assert.Equal(
            """[{"feature":"behaviour.web_address","weight":1.82,"says":"web address in http://a","text":"http://a"}]""",
            prediction.GetProperty("reasons").GetRawText());
    }

    private static JsonElement Write(Detection detection) =>
        JsonDocument.Parse(new FindingWriter(RuleSet.Shipped.Attack, "0").Write(detection)).RootElement;

    private static Detection Detection(ProcessEvent? processEvent = null)
    {
        var e = processEvent ?? Some.ProcessEvent(parent: "winword.exe", child: "certutil.exe");
        var history = new ParentHistory(LineageName.Fold(e.Parent!.Name), [], HalfLife.Never);
        for (var i = 0; i < 500; i++) history.Count("splwow64.exe", Some.Time, 0);
        return new Detection
        {
            Rules = [new(RuleSet.Shipped.Definitions.Single(r => r.Id == "unusual-process-by-parent"))],
            Acts = [],
            Evidence = new Evidence(e, new Prediction(0.973, true))
            {
                Rarity = RarityEstimator.Rate(
                    history, FleetParent.None, ParentClass.Office, LineageName.Fold(e.Child.Name), Priors.Small, Priors.Small.Calibration),
            },
            Model = new ModelIdentity("2026.11.1", new string('a', 64), 1, 0.62),
            Reasons =
            [
                new("behaviour.web_address", 1.82) { Text = e.Child.CommandLine, Description = $"web address in {e.Child.CommandLine}" },
            ],
            UsualChildren = [.. history.Children],
            Partition = new EventPartition("telemetry", "3"),
            Position = new Position(0, 88_120_417, 0),
            EnqueuedTime = Some.Time.AddSeconds(40),
            IsLearning = false,
            Alerts = AlertKind.Findings,
            HalfLifeDays = 30,
        };
    }
}
