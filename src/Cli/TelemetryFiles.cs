using Changeling.Events;
using Changeling.RecordedFiles;
using Changeling.RecordedFiles.Capture;

namespace Changeling.Cli;

/// <summary>The recorded telemetry that a user names: files, folders, archives, addresses in Blob storage, and standard input.</summary>
internal static class TelemetryFiles
{
    /// <summary>What can be named, for the help.</summary>
    public const string Description =
        "Recorded telemetry: JSON or XML as text, event logs (.evtx), CSV, Event Hubs Capture, also gzipped or in zip archives; folders, patterns, and https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX.";

    /// <summary>The files behind the names, in order.</summary>
    /// <param name="names">As the user named them.</param>
    /// <param name="others">Other files of the command, which are left out if they are in one of the folders.</param>
    /// <param name="console">For the settings of the emulator.</param>
    /// <exception cref="FileNotFoundException">A file does not exist, or there is none.</exception>
    public static IReadOnlyList<RecordedFile> Of(IEnumerable<string> names, IEnumerable<string?> others, CliConsole console) =>
        RecordingList.Of(names, others, name => BlobFiles.Of(name, console));

    /// <summary>The files behind the names, of which one can be standard input.</summary>
    /// <exception cref="FileNotFoundException">A file does not exist, or there is none.</exception>
    public static async Task<IReadOnlyList<RecordedFile>> OfAsync(
        IReadOnlyList<string> names, CliConsole console, CancellationToken cancellationToken)
    {
        // All other names are checked before standard input is waited for.
        Of(names.Where(name => name != InputFiles.StandardInput), [], console);
        var input = names.Contains(InputFiles.StandardInput) ? await InputFiles.OfInputAsync(console, cancellationToken) : null;
        return RecordingList.Of(
            names, [], name => name == InputFiles.StandardInput ? RecordingList.Opened(input!) : BlobFiles.Of(name, console));
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
