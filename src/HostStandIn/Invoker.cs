using Changeling.Events;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn;

/// <summary>One attempt: post the batch, wait for the answer or the function timeout, act on it (sections 1.3, 1.6 and 1.9).</summary>
internal sealed class Invoker(FunctionApp app, HostOptions options, IHandler handler, HttpClient client)
{
    /// <summary>One event above the hub's limit fails the invocation; what was sent before it stays sent (section 1.7).</summary>
    private const int MaxEventBytes = 1024 * 1024;

    private readonly TimeSpan _timeout = options.FunctionTimeout ?? app.FunctionTimeout;

    /// <summary>Invokes the function once.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="retryCount">0 at the first attempt.</param>
    /// <param name="failure">Why the attempt before failed.</param>
    /// <param name="cancellationToken">Ends the wait; the app is never told (section 1.9).</param>
    /// <exception cref="HostFailedException">The host gives up on the app.</exception>
    public async Task<InvocationResult> InvokeAsync(EventBatch batch, int retryCount, string? failure, CancellationToken cancellationToken)
    {
        var invocation = new Invocation(NewId(), batch, retryCount);
        await handler.ReadyAsync(cancellationToken);
        if (options.Sending is not null) await options.Sending(invocation);

        var (address, died) = (handler.Address, handler.Died);
        using var timeout = new CancellationTokenSource(_timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await PostAsync(invocation, address, died, failure, either.Token);
        }
        catch (HttpRequestException exception)
        {
            return InvocationResult.Failed($"the connection to the app broke: {exception.Message}");
        }
        catch (IOException exception)
        {
            return InvocationResult.Failed($"the connection to the app broke: {exception.Message}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The host restarts the whole handler, so every other batch in flight fails with this one.
            handler.Kill(address);
            return InvocationResult.Failed($"the function timed out after {_timeout}");
        }
    }

    private async Task<InvocationResult> PostAsync(
        Invocation invocation, Uri address, Task died, string? failure, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, FunctionApp.Function));
        request.Headers.Add("X-Azure-Functions-InvocationId", invocation.Id.ToString());
        request.Content = new InvocationContent(invocation, app.Retry, failure, options.Time.GetUtcNow());

        using var response = await client.SendAsync(request, cancellationToken);
        var answer = await HandlerAnswer.ReadAsync(response, cancellationToken);
        if (options.Arrives?.Invoke(invocation) == false) return InvocationResult.Failed("the answer was lost");

        switch (answer.Verdict)
        {
            case Verdict.Success:
                return Send(answer);
            case Verdict.Failed:
                return InvocationResult.Failed(answer.Failure!);
            default:
                // Nobody ever completes this invocation: the partition stands still until the timeout, or the app's death.
                await died.WaitAsync(cancellationToken);
                return InvocationResult.Failed("the app died while its invocation was open");
        }
    }

    private static InvocationResult Send(HandlerAnswer answer)
    {
        var tooLarge = answer.Outputs.Index().Where(output => output.Item.Length > MaxEventBytes).Select(output => (int?)output.Index).FirstOrDefault();
        return tooLarge is { } index
            ? InvocationResult.Failed($"output {index} is larger than an event may be", [.. answer.Outputs.Take(index)])
            : new InvocationResult(true, null, answer.Outputs, answer.Logs);
    }

#pragma warning disable RS0030 // The host gives every attempt a new id (section 1.8); nothing may be derived from it.
    private static Guid NewId() => Guid.NewGuid();
#pragma warning restore RS0030
}
