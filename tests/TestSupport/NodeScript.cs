using System.Diagnostics;
using System.Text;

namespace Changeling.TestSupport;

/// <summary>A script of <c>tools</c> in a process of its own.</summary>
internal static class NodeScript
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        IReadOnlyList<string> arguments, string input, TimeSpan answersWithin, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(answersWithin);
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
