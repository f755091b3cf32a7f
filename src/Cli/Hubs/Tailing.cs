using System.Text;
using Changeling.Cli.Detections;
using Changeling.Hubs;

namespace Changeling.Cli.Hubs;

/// <summary>Writes messages when they arrive: detections for people, anything else as one line of bytes.</summary>
/// <param name="target">The output, which is flushed after each message.</param>
/// <param name="isForPeople">
/// Whether the output is a terminal, for which control characters are escaped. Files and pipes receive the bytes, with line ends replaced
/// by blanks.
/// </param>
/// <param name="max">Maximum number of messages; 0 is no maximum.</param>
/// <param name="detections">Shows detections; <see langword="null"/> to write them like anything else.</param>
internal sealed class Tailing(Stream target, bool isForPeople, int max, DetectionText? detections = null)
{
    /// <summary>Copies until the messages end.</summary>
    /// <returns>Number of messages.</returns>
    public async Task<long> RunAsync(IAsyncEnumerable<ReceivedMessage> messages)
    {
        var number = 0L;
        await foreach (var message in messages)
        {
            if (detections?.TryShow(message.Body) != true)
            {
                target.Write(Line(message.Body.Span));
                target.Flush();
            }

            if (++number == max) break;
        }

        return number;
    }

    private byte[] Line(ReadOnlySpan<byte> body)
    {
        if (isForPeople) return Encoding.UTF8.GetBytes(Printable.Of(Encoding.UTF8.GetString(body)) + "\n");
        var line = new byte[body.Length + 1];
        body.CopyTo(line);
        foreach (ref var unit in line.AsSpan())
        {
            if (unit is (byte)'\n' or (byte)'\r') unit = (byte)' ';
        }

        line[^1] = (byte)'\n';
        return line;
    }
}
