using System.Text.Json;
using Changeling.Findings;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Incidents;

/// <summary>What a message about an incident says, and that both formats say the same.</summary>
public class IncidentFindingWriterTests
{
    private static readonly JsonElement Ocsf = Message("two-hosts", DetectionFormat.Ocsf);
    private static readonly JsonElement Ecs = Message("two-hosts", DetectionFormat.Ecs);

    [Theory]
    [InlineData("metadata.uid", "event.id")]
    [InlineData("metadata.uid", "kibana.alert.uuid")]
    [InlineData("metadata.sequence", "event.sequence")]
    [InlineData("message", "message")]
    [InlineData("desc", "kibana.alert.reason")]
    [InlineData("is_alert", "changeling.is_alert")]
    [InlineData("risk_score", "event.risk_score")]
    [InlineData("risk_score", "kibana.alert.risk_score")]
    [InlineData("metadata.product.version", "observer.version")]
    [InlineData("attacks[1].tactic.uid", "threat.tactic.id[1]")]
    [InlineData("attacks[1].sub_technique.uid", "threat.technique.subtechnique.id[1]")]
    [InlineData("device.hostname", "host.name")]
    [InlineData("unmapped.changeling.hosts", "related.hosts")]
    [InlineData("unmapped.changeling.users", "related.user")]
    [InlineData("unmapped.changeling", "changeling.incident")]
    public void Both_formats_say_the_same(string ocsf, string ecs) =>
        Assert.Equal(JsonPath.Find(Ocsf, ocsf)!.Value.GetRawText(), JsonPath.Find(Ecs, ecs)!.Value.GetRawText());

    [Theory]
    [InlineData("@timestamp", "time")]
    [InlineData("event.created", "time")]
    [InlineData("event.start", "start_time")]
    [InlineData("event.end", "end_time")]
    public void Times_are_the_same_instants(string ecs, string ocsf) => Assert.Equal(
        JsonPath.Find(Ocsf, ocsf)!.Value.GetInt64(), JsonPath.Find(Ecs, ecs)!.Value.GetDateTimeOffset().ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("one-finding", 1, "Create", 1, "New")]
    [InlineData("two-hosts", 2, "Update", 1, "New")]
    [InlineData("closed", 3, "Close", 5, "Closed")]
    public void Activity_and_status_are_OCSFs(string name, int activity, string word, int status, string statusWord)
    {
        var message = Message(name, DetectionFormat.Ocsf);

        Assert.Equal(activity, message.GetProperty("activity_id").GetInt32());
        Assert.Equal(200_500 + activity, message.GetProperty("type_uid").GetInt32());
        Assert.Equal($"Incident Finding: {word}", message.GetProperty("type_name").GetString());
        Assert.Equal(status, message.GetProperty("status_id").GetInt32());
        Assert.Equal(statusWord, message.GetProperty("status").GetString());
        Assert.Equal(activity == 3, message.TryGetProperty("status_detail", out _));
    }

    [Fact]
    public void Every_step_that_is_a_finding_has_an_entry_with_the_id_of_its_finding()
    {
        var incident = GoldenIncidents.All["two-hosts"].Incident;

        Assert.Equal(
            incident.Members.Where(m => m.Signal.IsFinding).Select(m => (m.Signal.Uid, m.Signal.Rules[0].Name)),
            Ocsf.GetProperty("finding_info_list").EnumerateArray()
                .Select(f => (f.GetProperty("uid").GetGuid(), f.GetProperty("title").GetString()!)));
        Assert.Equal(
            incident.Members.Select(m => m.Signal.Uid),
            Processes(Ocsf).Where(p => p.TryGetProperty("uid", out _)).Select(p => p.GetProperty("uid").GetGuid()));
    }

    [Fact]
    public void An_incident_without_findings_has_one_entry_for_itself()
    {
        var message = Message("weak-steps", DetectionFormat.Ocsf);
        var entry = Assert.Single(message.GetProperty("finding_info_list").EnumerateArray());

        Assert.Equal(GoldenIncidents.All["weak-steps"].Incident.Id, entry.GetProperty("uid").GetGuid());
        Assert.False(entry.TryGetProperty("analytic", out _));
        Assert.Equal(0, message.GetProperty("unmapped").GetProperty("changeling").GetProperty("findings").GetInt32());
    }

    [Fact]
    public void Every_rule_is_an_analytic_of_its_own_kind()
    {
        var own = Message("nothing-but-names", DetectionFormat.Ocsf).GetProperty("finding_info_list")[0].GetProperty("analytic");
        var shipped = Ocsf.GetProperty("finding_info_list")[0].GetProperty("analytic");

        Assert.Equal((1, "Rule"), (own.GetProperty("type_id").GetInt32(), own.GetProperty("type").GetString()));
        Assert.Equal((4, "Learning (ML/DL)"), (shipped.GetProperty("type_id").GetInt32(), shipped.GetProperty("type").GetString()));
    }

    [Fact]
    public void A_message_has_an_id_of_its_own_and_shares_that_of_the_incident_with_the_others()
    {
        var closed = Message("closed", DetectionFormat.Ocsf);

        Assert.NotEqual(JsonPath.Find(Ocsf, "metadata.uid")!.Value.GetGuid(), JsonPath.Find(closed, "metadata.uid")!.Value.GetGuid());
        Assert.Equal(
            JsonPath.Find(Ocsf, "metadata.correlation_uid")!.Value.GetGuid(),
            JsonPath.Find(closed, "metadata.correlation_uid")!.Value.GetGuid());
        Assert.Equal(
            JsonPath.Find(Ocsf, "metadata.correlation_uid")!.Value.GetGuid(),
            JsonPath.Find(Ocsf, "unmapped.changeling.incident")!.Value.GetGuid());
    }

    [Fact]
    public void The_id_of_a_message_is_the_published_one() => Assert.Equal(
        DetectionId.Of("incident-message", "0d9c9c0e-41b7-5b7e-8a55-3b1f3f6f2c10|2"),
        JsonPath.Find(Ocsf, "metadata.uid")!.Value.GetGuid());

    [Fact]
    public void A_joined_incident_names_the_one_that_has_its_steps()
    {
        var joined = GoldenIncidents.All["joined"].Incident.JoinedTo!.Value;
        var message = Message("joined", DetectionFormat.Ocsf);

        Assert.Equal(joined, JsonPath.Find(message, "unmapped.changeling.joined_to")!.Value.GetGuid());
        Assert.Contains(joined.ToString(), message.GetProperty("status_detail").GetString(), StringComparison.Ordinal);
        Assert.Null(JsonPath.Find(Message("closed", DetectionFormat.Ocsf), "unmapped.changeling.joined_to"));
    }

    [Fact]
    public void Accounts_of_Windows_stand_apart()
    {
        var own = Message("weak-steps", DetectionFormat.Ocsf).GetProperty("unmapped").GetProperty("changeling");

        Assert.Equal([@"CORP\alice.meyer"], own.GetProperty("users").EnumerateArray().Select(u => u.GetString()));
        Assert.Equal([@"NT AUTHORITY\SYSTEM"], own.GetProperty("system_users").EnumerateArray().Select(u => u.GetString()));
    }

    [Theory]
    [InlineData("two-hosts", "alert")]
    [InlineData("while-learning", "event")]
    public void A_note_is_no_alert(string name, string kind)
    {
        Assert.Equal(kind, JsonPath.Find(Message(name, DetectionFormat.Ecs), "event.kind")!.Value.GetString());
        Assert.Equal(kind == "alert", Message(name, DetectionFormat.Ocsf).GetProperty("is_alert").GetBoolean());
    }

    [Fact]
    public void The_first_message_is_created_now() => Assert.Equal(
        Message("one-finding", DetectionFormat.Ocsf).GetProperty("time").GetInt64(),
        JsonPath.Find(Message("one-finding", DetectionFormat.Ocsf), "unmapped.changeling.created")!.Value.GetDateTimeOffset()
            .ToUnixTimeMilliseconds());

    private static List<JsonElement> Processes(JsonElement message) =>
        [.. message.GetProperty("unmapped").GetProperty("changeling").GetProperty("processes").EnumerateArray()];

    private static JsonElement Message(string name, DetectionFormat format) =>
        JsonDocument.Parse(GoldenIncidents.Write(name, format)).RootElement;
}
