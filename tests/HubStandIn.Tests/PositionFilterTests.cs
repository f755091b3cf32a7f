using Amqp;
using Changeling.HubStandIn.Links;
using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn.Tests;

public sealed class PositionFilterTests
{
    public static TheoryData<string, object> Cases => new()
    {
        { "amqp.annotation.x-opt-offset > '-1'", new StartPosition.Earliest() },
        { "amqp.annotation.x-opt-offset > -1", new StartPosition.Earliest() },
        { "amqp.annotation.x-opt-offset > @latest", new StartPosition.Latest() },
        { "amqp.annotation.x-opt-offset > '@latest'", new StartPosition.Latest() },
        { "amqp.annotation.x-opt-offset >= '120'", new StartPosition.AtOffset(120, Inclusive: true) },
        { "amqp.annotation.x-opt-sequence-number > 7", new StartPosition.AtSequenceNumber(7, Inclusive: false) },
        { "amqp.annotation.x-opt-sequence-number >= '7'", new StartPosition.AtSequenceNumber(7, Inclusive: true) },
        { "amqp.annotation.x-opt-enqueued-time > '1000'", new StartPosition.After(DateTimeOffset.UnixEpoch.AddSeconds(1)) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_filter_of_an_event_hub_is_a_position(string filter, object expected) =>
        Assert.Equal(expected, PositionFilter.Parse(filter));

    [Theory]
    [InlineData("")]
    [InlineData("amqp.annotation.x-opt-offset < 5")]
    [InlineData("amqp.annotation.x-opt-offset > '5")]
    [InlineData("amqp.annotation.x-opt-offset > five")]
    [InlineData("amqp.annotation.x-opt-sequence-number > 99999999999999999999")]
    [InlineData("amqp.annotation.x-opt-enqueued-time > 9223372036854775807")]
    [InlineData("amqp.annotation.x-opt-publisher > '1'")]
    public void Any_other_filter_is_an_invalid_argument(string filter) =>
        Assert.Equal(
            "com.microsoft:argument-error", Assert.Throws<AmqpException>(() => PositionFilter.Parse(filter)).Error.Condition.ToString());
}
