using System.Text;
using Changeling.Core.Tests.Incidents;
using Changeling.Findings;

namespace Changeling.Core.Tests.Findings;

public class DetectionEnvelopeTests
{
    [Fact]
    public void Both_formats_of_a_detection_have_the_same_envelope() => Assert.All(GoldenDetections.All.Keys, name =>
        Assert.Equal(Of(name, DetectionFormat.Ocsf), Of(name, DetectionFormat.Ecs)));

    [Fact]
    public void The_envelope_says_what_the_finding_says()
    {
        var envelope = Of("story", DetectionFormat.Ocsf);

        Assert.Equal("3310fec3-579a-577b-a9c4-9e8f6003029e", envelope.Id);
        Assert.Equal("ws-0417.corp.example", envelope.Key);
        Assert.Equal(
            [
                new("class_uid", 2004), new("rule", "unusual-process-by-parent"), new("severity", "High"), new("is_alert", true),
            ],
            envelope.Properties);
    }

    [Fact]
    public void Both_formats_of_an_incident_have_the_same_envelope() => Assert.All(GoldenIncidents.All.Keys, name => Assert.Equal(
        DetectionEnvelope.Read(GoldenIncidents.Write(name, DetectionFormat.Ocsf)),
        DetectionEnvelope.Read(GoldenIncidents.Write(name, DetectionFormat.Ecs))));

    [Fact]
    public void The_messages_about_an_incident_have_its_id_as_key_and_each_an_id_of_its_own()
    {
        var (update, close) = (OfIncident("two-hosts"), OfIncident("closed"));

        Assert.Equal(GoldenIncidents.All["two-hosts"].Incident.Id.ToString(), update.Key);
        Assert.Equal(update.Key, close.Key);
        Assert.NotEqual(update.Id, close.Id);
        Assert.Equal(
            [
                new("class_uid", 2005), new("incident", update.Key), new("activity", "update"), new("severity", "Critical"),
                new("is_alert", true),
            ],
            update.Properties);
        Assert.Equal("close", close.Activity);
    }

    [Fact]
    public void A_finding_about_no_host_has_its_id_as_key()
    {
        var envelope = Of("cluster-by-user", DetectionFormat.Ocsf);

        Assert.Equal(envelope.Id, envelope.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"class_uid":2004}""")]
    [InlineData("""{"class_uid":2004,"metadata":{"uid":"secret"},"finding_info":7}""")]
    [InlineData("""{"class_uid":2005,"metadata":{"uid":"secret"},"severity":"Low","is_alert":true}""")]
    [InlineData("""{"class_uid":2005,"metadata":{"uid":"secret"},"severity":"Low","is_alert":true,"unmapped":{"changeling":{}}}""")]
    [InlineData("""{"class_uid":2006,"metadata":{"uid":"secret"},"severity":"Low","is_alert":true}""")]
    [InlineData("""{"class_uid":99999999999,"metadata":{"uid":"secret"}}""")]
    [InlineData("""{"class_uid":"2004","metadata":{"uid":"secret"}}""")]
    [InlineData("""{"changeling":{"incident":"secret","is_alert":true}}""")]
    [InlineData("""{"class_uid":2004,"metadata":{"uid":"\ud800"},"severity":"Low","is_alert":true}""")]
    public void What_is_not_a_detection_is_refused_without_a_word_of_it(string body)
    {
        var error = Assert.Throws<InvalidDataException>(() => DetectionEnvelope.Read(Encoding.UTF8.GetBytes(body)));

        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_beginning_of_a_stored_body_is_taken_for_the_whole() => Assert.All(
        new[] { GoldenDetections.Write("story", DetectionFormat.Ecs), GoldenIncidents.Write("two-hosts", DetectionFormat.Ocsf) },
        body => Assert.All(Enumerable.Range(0, 64).Select(n => body.Length * n / 64), length =>
            Assert.Throws<InvalidDataException>(() => DetectionEnvelope.Read(body.AsMemory(0, length)))));

    private static DetectionEnvelope OfIncident(string name) =>
        DetectionEnvelope.Read(GoldenIncidents.Write(name, DetectionFormat.Ocsf));

    private static DetectionEnvelope Of(string name, DetectionFormat format) =>
        DetectionEnvelope.Read(GoldenDetections.Write(name, format));
}
