using Changeling.HostStandIn.Azurite;
using Changeling.HostStandIn.Npm;

namespace Changeling.TestSupport.Contract;

/// <summary>The published JSON Schemas of detections, asked through <c>ajv</c>: one process for many documents.</summary>
public static class DetectionSchema
{
    /// <summary>The schema of findings.</summary>
    public static readonly string Path = RepositoryRoot.Combine("docs", "schemas", "detection-2.schema.json");

    /// <summary>The schema of incidents.</summary>
    public static readonly string IncidentPath = RepositoryRoot.Combine("docs", "schemas", "incident-1.schema.json");

    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What <c>ajv</c> says against the documents, one line for each that it refuses: <c>-:LINE: /path what is wrong</c>.
    /// </summary>
    public static Task<IReadOnlyList<string>> FaultsAsync(IEnumerable<string> documents, CancellationToken cancellationToken) =>
        FaultsAsync(Path, documents, cancellationToken);

    /// <summary>What <c>ajv</c> says against messages about incidents.</summary>
    public static Task<IReadOnlyList<string>> IncidentFaultsAsync(IEnumerable<string> documents, CancellationToken cancellationToken) =>
        FaultsAsync(IncidentPath, documents, cancellationToken);

    private static async Task<IReadOnlyList<string>> FaultsAsync(
        string schema, IEnumerable<string> documents, CancellationToken cancellationToken)
    {
        var tools = RepositoryRoot.Combine("tools");
        await NpmInstall.EnsureAsync(AzuriteServer.Package(tools), null, cancellationToken);
        var lines = documents.Select(document => document.ReplaceLineEndings("")).ToList();
        var (code, output, errors) =
            await NodeScript.RunAsync(
                [System.IO.Path.Combine(tools, "validate.js"), schema], string.Join('\n', lines), AnswersWithin, cancellationToken);

        var said = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var counted = $"{lines.Count} documents, {said.Length - 1} refused";
        if (code is not (0 or 1)
            || errors.Length > 0
            || said.Length == 0
            || said[^1] != counted
            || code == 0 != (said.Length == 1 && lines.Count > 0))
            throw new InvalidOperationException($"ajv did not do its work (exit code {code}): {output}{errors}");
        return said[..^1];
    }
}
