using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.RecordedFiles.Capture;

namespace Changeling.Cli;

/// <summary>The recorded telemetry that a user names: files, folders, archives, addresses in Blob storage, and standard input.</summary>
internal static class TelemetryFiles
{
    /// <summary>What can be named, for the help.</summary>
    public const string Description =
        "Recorded telemetry: JSON or XML as text, event logs (.evtx), CSV, Event Hubs Capture, also gzipped or in zip archives; folders, patterns such as 'logs/**/*.gz', https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX, and - for standard input.";

    /// <summary>The files behind the names, in order; one name can be standard input.</summary>
    /// <param name="names">As the user named them.</param>
    /// <param name="others">Other files of the command, which are left out if they are in one of the folders.</param>
    /// <param name="console">For standard input and the settings of the emulator.</param>
    /// <param name="cancellationToken">Stops waiting for standard input.</param>
    /// <exception cref="FileNotFoundException">A file does not exist, or there is none.</exception>
    /// <exception cref="CliException">Standard input is named twice, or cannot be read.</exception>
    public static async Task<IReadOnlyList<RecordedFile>> OfAsync(
        IReadOnlyList<string> names, IReadOnlyList<string?> others, CliConsole console, CancellationToken cancellationToken)
    {
        if (!names.Contains(InputFiles.StandardInput)) return RecordingList.Of(names, others, name => BlobFiles.Of(name, console));
        if (names.Count(name => name == InputFiles.StandardInput) > 1)
            throw new CliException("- is named twice, and standard input can be read only once; name it once.");

        // All other names are checked before standard input is waited for.
        RecordingList.Of(names.Where(name => name != InputFiles.StandardInput), others, name => BlobFiles.Of(name, console));
        var input = RecordingList.Opened(await InputFiles.TelemetryAsync(console, cancellationToken));
        return RecordingList.Of(names, others, name => name == InputFiles.StandardInput ? input : BlobFiles.Of(name, console));
    }

    /// <summary>
    /// The messages of the files, each with its place. In text, a JSON array is one message, and the place is its line. Messages of Event
    /// Hubs Capture come as the hub received them.
    /// </summary>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public static IEnumerable<(RecordedFile File, RecordedMessage Message)> Messages(IReadOnlyList<RecordedFile> files)
    {
        for (var i = 0; i < files.Count; i++)
        {
            using var recording = Recording.Open(files[i]);
            if (recording.IsCapture)
            {
                foreach (var captured in CapturedHub.Messages([.. files.Skip(i)])) yield return captured;
                yield break;
            }

            foreach (var message in recording.IsText ? Values(recording) : recording.Messages()) yield return (files[i], message);
        }
    }

    private static IEnumerable<RecordedMessage> Values(Recording recording)
    {
        foreach (var (line, value) in JsonValueSplitter.Split(recording.ReadText())) yield return new RecordedMessage(line, value);
    }
}
