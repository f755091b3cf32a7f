using System.Text.Json;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.TestSupport;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Findings;

/// <summary>The ECS rendering says what the finding says, in the places that telemetry-formats 6.6 gives.</summary>
public class EcsWriterTests
{
    private static readonly JsonElement Ocsf = Rendered("story", DetectionFormat.Ocsf);
    private static readonly JsonElement Ecs = Rendered("story", DetectionFormat.Ecs);

    /// <summary>Where a value stands in OCSF, and where in ECS.</summary>
    [Theory]
    [InlineData("finding_info.uid", "event.id")]
    [InlineData("finding_info.uid", "kibana.alert.uuid")]
    [InlineData("finding_info.title", "rule.name")]
    [InlineData("finding_info.title", "kibana.alert.rule.name")]
    [InlineData("finding_info.analytic.uid", "rule.id")]
    [InlineData("finding_info.analytic.version", "rule.version")]
    [InlineData("message", "message")]
    [InlineData("is_alert", "changeling.is_alert")]
    [InlineData("risk_score", "event.risk_score")]
    [InlineData("risk_score", "kibana.alert.risk_score")]
    [InlineData("metadata.log_format", "event.provider")]
    [InlineData("metadata.product.version", "observer.version")]
    [InlineData("finding_info.attacks[0].tactic.uid", "threat.tactic.id[0]")]
    [InlineData("finding_info.attacks[0].tactic.name", "threat.tactic.name[0]")]
    [InlineData("finding_info.attacks[0].technique.uid", "threat.technique.id[0]")]
    [InlineData("finding_info.attacks[0].technique.name", "threat.technique.name[0]")]
    [InlineData("device.hostname", "host.name")]
    [InlineData("device.uid", "host.id")]
    [InlineData("evidences[0].process.user.name", "user.name")]
    [InlineData("evidences[0].process.user.domain", "user.domain")]
    [InlineData("evidences[0].process.user.uid", "user.id")]
    [InlineData("evidences[0].process.name", "process.name")]
    [InlineData("evidences[0].process.file.path", "process.executable")]
    [InlineData("evidences[0].process.cmd_line", "process.command_line")]
    [InlineData("evidences[0].process.pid", "process.pid")]
    [InlineData("evidences[0].process.uid", "process.entity_id")]
    [InlineData("evidences[0].process.file.internal_name", "process.pe.original_file_name")]
    [InlineData("evidences[0].process.file.hashes[0].value", "process.hash.md5")]
    [InlineData("evidences[0].process.file.hashes[1].value", "process.hash.sha1")]
    [InlineData("evidences[0].process.file.hashes[2].value", "process.hash.sha256")]
    [InlineData("evidences[0].process.parent_process.name", "process.parent.name")]
    [InlineData("evidences[0].process.parent_process.file.path", "process.parent.executable")]
    [InlineData("evidences[0].process.parent_process.cmd_line", "process.parent.command_line")]
    [InlineData("evidences[0].process.parent_process.pid", "process.parent.pid")]
    [InlineData("evidences[0].process.parent_process.uid", "process.parent.entity_id")]
    [InlineData("evidences[0].data", "changeling.evidence")]
    [InlineData("unmapped.changeling", "changeling.origin")]
    public void Both_say_the_same(string ocsf, string ecs) =>
        Assert.Equal(JsonPath.Find(Ocsf, ocsf)!.Value.GetRawText(), JsonPath.Find(Ecs, ecs)!.Value.GetRawText());

    [Theory]
    [InlineData("@timestamp", "time")]
    [InlineData("event.created", "finding_info.created_time")]
    [InlineData("event.start", "start_time")]
    [InlineData("process.start", "evidences[0].process.created_time")]
    public void Times_are_the_same_instants(string ecs, string ocsf) => Assert.Equal(
        JsonPath.Find(Ocsf, ocsf)!.Value.GetInt64(), JsonPath.Find(Ecs, ecs)!.Value.GetDateTimeOffset().ToUnixTimeMilliseconds());

    [Theory]
    [InlineData(Severity.Low, 21, "low")]
    [InlineData(Severity.Medium, 47, "medium")]
    [InlineData(Severity.High, 73, "high")]
    [InlineData(Severity.Critical, 99, "critical")]
    public void Severities_are_those_of_Elastics_rules(Severity severity, int number, string word)
    {
        var quiet = Some.ProcessEvent();
        var story = GoldenDetections.Of(quiet) with { Evidence = new Evidence(quiet, new Prediction(0, false)) };
        var document = JsonDocument.Parse(
            GoldenDetections.Write(
                story with { Rules = [new(story.Rule with { Severity = severity, RiskScore = number })] },
                DetectionFormat.Ecs)).RootElement;

        Assert.Equal(number, JsonPath.Find(document, "event.severity")!.Value.GetInt32());
        Assert.Equal(word, JsonPath.Find(document, "kibana.alert.severity")!.Value.GetString());
    }

    [Theory]
    [InlineData("story", "alert")]
    [InlineData("note-while-learning", "event")]
    public void A_note_is_no_alert(string name, string kind) =>
        Assert.Equal(kind, JsonPath.Find(Rendered(name, DetectionFormat.Ecs), "event.kind")!.Value.GetString());

    private static JsonElement Rendered(string name, DetectionFormat format) =>
        JsonDocument.Parse(GoldenDetections.Write(GoldenDetections.All[name], format)).RootElement;
}
