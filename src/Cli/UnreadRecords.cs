namespace Changeling.Cli;

/// <summary>The records of a command's input that could not be read. The command reports their number with an example at its end.</summary>
/// <param name="Read">Records that were read, skipped ones included.</param>
/// <param name="Unread">Records that could not be read.</param>
/// <param name="Example">One of them: its reason, and its position if that is known.</param>
internal sealed record UnreadRecords(long Read, long Unread, string? Example)
{
    /// <summary>Writes the message to standard error.</summary>
    /// <param name="console">The output.</param>
    /// <param name="code">The exit code that the command has otherwise.</param>
    /// <returns>A failure when nothing or less than half could be read; else <paramref name="code"/>.</returns>
    public int Report(CliConsole console, int code)
    {
        if (Unread == 0) return code;
        console.Error.WriteLine(
            $"changeling: {Unread:N0} of {Read + Unread:N0} records could not be read, for example {Example}; 'changeling score FILE' gives the reason for each.");
        return Unread > Read ? Verb.Failure : code;
    }
}
