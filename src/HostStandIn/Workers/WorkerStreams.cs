using System.Collections.Concurrent;
using Changeling.HostStandIn.Contract;
using Grpc.Core;

namespace Changeling.HostStandIn.Workers;

/// <summary>The host's half of the contract: accepts a worker's stream and passes it to the channel that waits for that worker.</summary>
internal sealed class WorkerStreams : FunctionRpc.FunctionRpcBase
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _expected = new();

    /// <summary>Waits for a worker that is about to be started.</summary>
    public void Expect(string workerId, WorkerChannel channel) => _expected[workerId] = channel;

    /// <inheritdoc/>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        // The first message identifies the worker.
        if (!await requestStream.MoveNext(context.CancellationToken)) return;
        var first = requestStream.Current;
        if (first.ContentCase != StreamingMessage.ContentOneofCase.StartStream
            || !_expected.TryRemove(first.StartStream.WorkerId, out var channel))
        {
            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "This host did not start that worker."));
        }

        await channel.ServeAsync(first, requestStream, responseStream, context.CancellationToken);
    }
}
