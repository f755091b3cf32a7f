using System.Text;
using Changeling.Hubs;

namespace Changeling.Cli.Hubs;

/// <summary>Writes messages as they come, one a line.</summary>
/// <param name="target">Where they go; written out after each message.</param>
/// <param name="isForPeople">
/// Whether it is a terminal: what could fool it is shown as an escape. Files and pipes get the bytes; only line ends become blanks, which
/// JSON does not mind.
/// </param>
/// <param name="max">Ends after so many; 0 is never.</param>
internal sealed class Tailing(Stream target, bool isForPeople, int max)
{
    /// <summary>Copies until the messages end.</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> RunAsync(IAsyncEnumerable<ReceivedMessage> messages)
    {
        var number = 0L;
        await foreach (var message in messages)
        {
            target.Write(Line(message.Body.Span));
            target.Flush();
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
