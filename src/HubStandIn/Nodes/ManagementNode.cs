using System.Globalization;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Changeling.HubStandIn.Nodes;

/// <summary><c>$management</c>, where clients read the properties of a hub and of its partitions.</summary>
internal sealed class ManagementNode(HubCatalog hubs) : IRequestProcessor
{
    public const string Address = "$management";

    private const string HubType = "com.microsoft:eventhub";
    private const string PartitionType = "com.microsoft:partition";

    /// <inheritdoc/>
    public int Credit => 100;

    /// <inheritdoc/>
    public void Process(RequestContext requestContext)
    {
        var request = requestContext.Message.ApplicationProperties;
        try
        {
            var hub = hubs.Find(Text(request, "name"));
            var map = Text(request, "type") switch
            {
                HubType => Describe(hub),
                PartitionType => Describe(hub, hub.FindPartition(Text(request, "partition"))),
                var type => throw new AmqpException(ErrorCode.NotImplemented, $"'{type}' has no properties to read."),
            };
            requestContext.Complete(Answer(200, "OK", map));
        }
        catch (AmqpException exception)
        {
            var refusal = Answer(exception.Error.Condition == ErrorCode.NotFound ? 404 : 400, exception.Message, []);
            refusal.ApplicationProperties["error-condition"] = exception.Error.Condition;
            requestContext.Complete(refusal);
        }
    }

    private static Map Describe(Hub hub) => new()
    {
        ["name"] = hub.Name,
        ["type"] = HubType,
        ["created_at"] = hub.CreatedAt.UtcDateTime,
        ["partition_count"] = hub.Partitions.Count,
        ["partition_ids"] = hub.Partitions.Select(partition => Id(partition)).ToArray(),
        ["georeplication_factor"] = 1,
    };

    private static Map Describe(Hub hub, HubPartition partition)
    {
        var state = partition.State();
        return new Map
        {
            ["name"] = hub.Name,
            ["type"] = PartitionType,
            ["partition"] = Id(partition),
            ["begin_sequence_number"] = state.First,
            ["last_enqueued_sequence_number"] = state.Last,
            ["last_enqueued_offset"] = state.LastOffset.ToString(CultureInfo.InvariantCulture),
            ["last_enqueued_time_utc"] = state.LastEnqueuedTime.UtcDateTime,
            ["is_partition_empty"] = state.IsEmpty,
        };
    }

    private static string Id(HubPartition partition) => partition.Id.ToString(CultureInfo.InvariantCulture);

    private static string Text(ApplicationProperties? properties, string name) => properties?[name] as string ?? string.Empty;

    private static Message Answer(int status, string description, Map body)
    {
        var answer = new Message(body) { ApplicationProperties = new ApplicationProperties() };
        answer.ApplicationProperties["status-code"] = status;
        answer.ApplicationProperties["status-description"] = description;
        return answer;
    }
}
