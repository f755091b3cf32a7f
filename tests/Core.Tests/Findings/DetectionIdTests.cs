using Changeling.Events;
using Changeling.Findings;

namespace Changeling.Core.Tests.Findings;

/// <summary>The id of a finding is made from the launch alone.</summary>
public class DetectionIdTests
{
    [Fact]
    public void The_detection_id_is_the_published_one() => Assert.Equal(
        new Guid("3310fec3-579a-577b-a9c4-9e8f6003029e"),
        DetectionId.Of("sysmon-1|ws-0417.corp.example|{8d3f21b6-5c43-690a-9b01-000000002f00}"));

    [Fact]
    public void Without_an_identity_the_place_is_the_identity() => Assert.NotEqual(
        DetectionId.Of(DetectionId.Fallback(new EventPartition("telemetry", "3"), new(0, 7, 0))),
        DetectionId.Of(DetectionId.Fallback(new EventPartition("telemetry", "3"), new(0, 7, 1))));

    [Fact]
    public void The_id_depends_on_no_rule_exception_model_or_position()
    {
        var story = GoldenDetections.All["story"];

        Assert.All(
            [
                GoldenDetections.All["one-rule-suppressed"],
                GoldenDetections.All["suppressed"],
                story with { Model = story.Model with { Version = "2027.1.1" } },
                story with { Position = new Position(3, 1, 4), EnqueuedTime = story.EnqueuedTime.AddDays(1) },
            ],
            other => Assert.Equal(story.Id, other.Id));
    }
}
