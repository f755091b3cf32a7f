using System.Text;
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

        Assert.Equal(
            new DetectionEnvelope(
                "3310fec3-579a-577b-a9c4-9e8f6003029e", "ws-0417.corp.example", "unusual-process-by-parent", "High", true),
            envelope);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"class_uid":2004}""")]
    [InlineData("""{"class_uid":2004,"metadata":{"uid":"secret"},"finding_info":7}""")]
    public void What_is_not_a_detection_is_refused_without_a_word_of_it(string body)
    {
        var error = Assert.Throws<InvalidDataException>(() => DetectionEnvelope.Read(Encoding.UTF8.GetBytes(body)));

        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    private static DetectionEnvelope Of(string name, DetectionFormat format) =>
        DetectionEnvelope.Read(GoldenDetections.Write(name, format));
}
