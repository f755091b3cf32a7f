using Azure.Core;
using Azure.Core.Pipeline;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>Counts what a blob client sends and gets, retries included.</summary>
internal sealed class CountedRequests : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private RequestCount _count;

    public RequestCount Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Add(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        Add(message);
    }

    private void Add(HttpMessage message)
    {
        var sent = message.Request.Content is { } content && content.TryComputeLength(out var length) ? length : 0;
        var received = message.Response.Headers.ContentLength ?? 0;
        var isList = message.Request.Uri.Query.Contains("comp=list", StringComparison.Ordinal);
        lock (_gate)
        {
            _count = (message.Request.Method.Method, message.Response.Status) switch
            {
                ("GET", 200 or 206) when isList => _count with { Lists = _count.Lists + 1 },
                ("GET", 200 or 206) => _count with { Gets = _count.Gets + 1, BytesRead = _count.BytesRead + received },
                ("PUT", 201) => _count with { Puts = _count.Puts + 1, BytesWritten = _count.BytesWritten + sent },
                _ => _count with { Others = _count.Others + 1 },
            };
        }
    }
}

/// <summary>Requests by what they are billed as, and bytes of blobs.</summary>
internal readonly record struct RequestCount(int Lists, int Gets, int Puts, int Others, long BytesRead, long BytesWritten)
{
    public int Requests => Lists + Gets + Puts + Others;

    public static RequestCount operator +(RequestCount a, RequestCount b) =>
        new(
            a.Lists + b.Lists,
            a.Gets + b.Gets,
            a.Puts + b.Puts,
            a.Others + b.Others,
            a.BytesRead + b.BytesRead,
            a.BytesWritten + b.BytesWritten);

    public static RequestCount operator -(RequestCount a, RequestCount b) =>
        new(
            a.Lists - b.Lists,
            a.Gets - b.Gets,
            a.Puts - b.Puts,
            a.Others - b.Others,
            a.BytesRead - b.BytesRead,
            a.BytesWritten - b.BytesWritten);
}
