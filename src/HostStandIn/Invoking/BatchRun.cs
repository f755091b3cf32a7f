namespace Changeling.HostStandIn.Invoking;

/// <summary>Processes one batch: call, retry, then checkpoint, also after a failure.</summary>
internal sealed class BatchRun(string function, RetriedCall calls, Drain drain, Checkpoints checkpoints, IProgress<BatchReport>? progress)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Checkpoints Checkpoints => checkpoints;

    /// <summary>The result of all batches.</summary>
    public RunReport Total { get; private set; } = new(0, 0, 0, 0, 0);

    /// <summary>Fails when the host stops restarting the app; never completes otherwise.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Runs one batch to its checkpoint.</summary>
    /// <param name="input">The batch.</param>
    /// <param name="checkpointAsync">Writes the checkpoint.</param>
    /// <param name="cancellationToken">Cancels the attempt in progress.</param>
    /// <returns>False when there is no checkpoint: the host stops, or has stopped restarting the app.</returns>
    public async Task<bool> RunAsync(EventsInput input, Func<Task> checkpointAsync, CancellationToken cancellationToken)
    {
        if (!drain.TryEnter()) return false;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain.Aborted);
            var (result, attempts) = await calls.RunAsync(new FunctionCall(function, input), drain.Stopping, either.Token);

            // The checkpoint is written also if all retries failed, because the Event Hubs trigger has no queue for poison messages.
            await checkpointAsync();
            Done(new BatchReport(input.Batch, attempts, result));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (HostFailedException exception)
        {
            _failed.TrySetException(exception);
            return false;
        }
        finally
        {
            drain.Leave();
        }
    }

    private void Done(BatchReport report)
    {
        lock (_gate)
        {
            Total = Total with
            {
                Messages = Total.Messages + report.Batch.Messages.Count,
                Batches = Total.Batches + 1,
                FailedAttempts = Total.FailedAttempts + report.Attempts - (report.Result.Succeeded ? 1 : 0),
                LostBatches = Total.LostBatches + (report.Result.Succeeded ? 0 : 1),
            };
        }

        if (report.Batch.Messages is [.., var last]) checkpoints.Move(report.Batch.Partition, last.SequenceNumber);
        progress?.Report(report);
    }
}
