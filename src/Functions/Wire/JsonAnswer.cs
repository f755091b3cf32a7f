using System.Text.Json;

namespace Changeling.Functions.Wire;

/// <summary>Writes the two kinds of answer: a body made elsewhere, and an error in one sentence. Both with an explicit status.</summary>
internal static class JsonAnswer
{
    public static async Task WriteAsync(HttpResponse response, int status, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, cancellationToken);
    }

    public static Task WriteErrorAsync(HttpResponse response, int status, string sentence)
    {
        response.Clear();
        var body = JsonSerializer.SerializeToUtf8Bytes(new ErrorReply(sentence), WireJsonContext.Default.ErrorReply);

        // Not cancelled with the request: to a connection that is gone this writes nothing, and throws nothing.
        return WriteAsync(response, status, body, CancellationToken.None);
    }
}
