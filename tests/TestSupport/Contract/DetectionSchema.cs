using System.Diagnostics;
using System.Text;
using Changeling.HostStandIn.Azurite;

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
        await AzuriteInstall.EnsureAsync(tools, null, cancellationToken);
        var lines = documents.Select(document => document.ReplaceLineEndings("")).ToList();
        var (code, output, errors) =
            await RunAsync([System.IO.Path.Combine(tools, "validate.js"), schema], string.Join('\n', lines), cancellationToken);

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

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(AnswersWithin);
        using var node = Process.Start(new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = node.StandardError.ReadToEndAsync(patience.Token);
            try
            {
                await node.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
                node.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended early; its exit code and its last words say why.
            }

            await node.WaitForExitAsync(patience.Token);
            return (node.ExitCode, await output, await errors);
        }
        finally
        {
            if (!node.HasExited) node.Kill();
        }
    }
}
