using Changeling.HostStandIn.App;
using Changeling.HostStandIn.Contract;
using static Changeling.HostStandIn.Contract.StreamingMessage;

namespace Changeling.HostStandIn.Workers;

/// <summary>The messages between host and worker before the first call, with the host's time limits.</summary>
internal static class WorkerHandshake
{
    private const string HostVersion = "4.1037.0";
    private static readonly TimeSpan StreamWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the worker's stream, initializes it, asks for its functions and loads them.</summary>
    /// <exception cref="WorkerEndedException">The worker died.</exception>
    /// <exception cref="HostFailedException">It refused, or was too slow.</exception>
    public static async Task RunAsync(WorkerChannel worker, FunctionApp app, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = new Steps(worker, time, cancellationToken);
        await start.ReceiveAsync(ContentOneofCase.StartStream, StreamWithin);

        start.Send(new StreamingMessage
        {
            WorkerInitRequest = new WorkerInitRequest
            {
                HostVersion = HostVersion,
                WorkerDirectory = app.Folder,
                FunctionAppDirectory = app.Folder,
            },
        });
        var initialized = await start.ReceiveAsync(ContentOneofCase.WorkerInitResponse, AnswerWithin);
        Require(initialized.WorkerInitResponse.Result, "The worker could not be initialized", worker);

        start.Send(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = app.Folder } });
        var indexed = (await start.ReceiveAsync(ContentOneofCase.FunctionMetadataResponse, AnswerWithin)).FunctionMetadataResponse;
        Require(indexed.Result, "The worker could not list its functions", worker);
        if (indexed.UseDefaultMetadataIndexing || indexed.FunctionMetadataResults.Count == 0)
        {
            throw new HostFailedException("The worker lists no functions: is its project built with the Worker SDK and its generators?");
        }

        worker.Loaded(await LoadAsync(start, worker, indexed.FunctionMetadataResults));
    }

    private static async Task<Dictionary<string, LoadedFunction>> LoadAsync(
        Steps start, WorkerChannel worker, IReadOnlyList<RpcFunctionMetadata> functions)
    {
        foreach (var metadata in functions)
        {
            if (metadata.FunctionId.Length == 0) metadata.FunctionId = Ids.New().ToString();
            start.Send(
                new StreamingMessage
                {
                    FunctionLoadRequest = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata },
                });
        }

        foreach (var _ in functions)
        {
            var loaded = (await start.ReceiveAsync(ContentOneofCase.FunctionLoadResponse, AnswerWithin)).FunctionLoadResponse;
            var name = functions.FirstOrDefault(f => f.FunctionId == loaded.FunctionId)?.Name;
            Require(loaded.Result, $"The worker could not load the function {name}", worker);
        }

        return functions.Select(LoadedFunction.From).ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static void Require(StatusResult? result, string failure, WorkerChannel worker)
    {
        if (result?.Status == StatusResult.Types.Status.Success) return;
        throw new HostFailedException($"{failure}: {result?.Exception?.Message ?? result?.Result}. {worker.Lines}");
    }

    private sealed class Steps(WorkerChannel worker, TimeProvider time, CancellationToken cancellationToken)
    {
        public void Send(StreamingMessage message)
        {
            message.RequestId = Ids.New().ToString();
            worker.Send(message);
        }

        /// <summary>Any other message is skipped, as the host does.</summary>
        public async Task<StreamingMessage> ReceiveAsync(ContentOneofCase expected, TimeSpan within)
        {
            using var limit = new CancellationTokenSource(within, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                StreamingMessage message;
                do message = await worker.ReceiveStartAsync(either.Token);
                while (message.ContentCase != expected);
                return message;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new HostFailedException($"The worker sent no {expected} within {within.TotalSeconds} s. {worker.Lines}");
            }
        }
    }
}
