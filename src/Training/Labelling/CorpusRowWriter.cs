using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.Events;
using Changeling.Findings;

namespace Changeling.Training.Labelling;

/// <summary>Writes a launch with its label as a row of a corpus, which <see cref="CorpusData"/> reads.</summary>
public static class CorpusRowWriter
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>One row.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="label">Its label; without one it is ordinary.</param>
    /// <param name="recording">Name of the recording: the source of the row, and the beginning of its dataset.</param>
    /// <param name="place">Where the launch is in the recording, for launches without an identity.</param>
    /// <returns>UTF-8 JSON without a line end.</returns>
    public static byte[] Write(ProcessEvent launch, LaunchLabel? label, string recording, string place) =>
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = launch.SourceIdentity is { } identity ? DetectionId.Of(identity).ToString() : place,
            source = recording,

            // An attack is on one side of a split with all its steps, the ordinary launches of a host are too.
            dataset = $"{recording}/{(label?.Attack is { } attack ? attack : launch.Host.Name)}",
            format = launch.Format,
            time = launch.Time.UtcDateTime,
            label = label?.Label ?? 0,
            weak = label?.IsWeak ?? false,
            technique = label?.Techniques ?? [],
            host = launch.Host.Name,
            user = User(launch.User),
            user_sid = launch.User?.Sid,
            process_name = launch.Child.Name,
            process_executable = launch.Child.Path,
            command_line = launch.Child.CommandLine,
            original_file_name = launch.Child.OriginalFileName,
            integrity_level = launch.Child.Integrity?.ToString(),
            token_elevation_type = launch.Child.Elevation is { } elevation ? $"%%{1935 + (int)elevation}" : null,
            pid = launch.Child.Pid,
            parent_name = launch.Parent?.Name,
            parent_executable = launch.Parent?.Path,
            parent_command_line = launch.Parent?.CommandLine,
        }, Plain);

    private static string? User(UserIdentity? user) => user?.Domain is { } domain ? $@"{domain}\{user.Name}" : user?.Name;
}
