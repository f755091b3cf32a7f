using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

/// <summary>What the official client never does, done by another AMQP client.</summary>
public sealed class RawClientTests : HubTest
{
    [Fact]
    public async Task A_message_above_the_limit_closes_the_link()
    {
        var (connection, sender) = await SenderAsync();
        var closed = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        sender.AddClosedCallback((_, error) => closed.SetResult(error));

        sender.Send(new Message { BodySection = new Data { Binary = new byte[1024 * 1024] } }, null, null);

        Assert.Equal(ErrorCode.MessageSizeExceeded, (await closed.Task.WaitAsync(Cancellation)).Condition.ToString());
        Assert.Empty(Hub.Messages);
        await connection.CloseAsync();
    }

    [Fact]
    public async Task A_batch_of_something_else_than_events_is_rejected_and_the_link_stays_open()
    {
        var (connection, sender) = await SenderAsync();

        var exception = await Assert.ThrowsAsync<AmqpException>(() => sender.SendAsync(Batch([1, 2, 3])));
        await sender.SendAsync(new Message { BodySection = new Data { Binary = [7] } });

        Assert.Equal(ErrorCode.DecodeError, exception.Error.Condition.ToString());
        Assert.Equal([7], Assert.Single(Hub.Messages).Body.ToArray());
        await connection.CloseAsync();
    }

    [Fact]
    public async Task Events_in_a_batch_keep_the_bytes_they_were_encoded_with()
    {
        var (connection, sender) = await SenderAsync();

        // A body in two data sections, one of them in the long form that no encoder chooses for one byte.
        byte[] encoded = [0x00, 0x53, 0x75, 0xa0, 0x01, 0x0a, 0x00, 0x53, 0x75, 0xb0, 0, 0, 0, 1, 0x0b];
        await sender.SendAsync(Batch(encoded));

        var message = Assert.Single(Hub.Messages);
        Assert.Equal([0x0a, 0x0b], message.Body.ToArray());
        Assert.EndsWith(Convert.ToHexString(encoded), Convert.ToHexString(message.Encoded), StringComparison.Ordinal);
        await connection.CloseAsync();
    }

    private static Message Batch(byte[] encodedEvent) => new() { Format = 0x80013700, BodySection = new Data { Binary = encodedEvent } };

    private async Task<(Connection Connection, SenderLink Sender)> SenderAsync()
    {
        var factory = new ConnectionFactory { SASL = { Profile = SaslProfile.Anonymous } };
        var connection = await factory.CreateAsync(new Address($"amqp://127.0.0.1:{Server.Port}"));
        return (connection, new SenderLink(new Session(connection), "sender", $"{HubName}/Partitions/0"));
    }
}
