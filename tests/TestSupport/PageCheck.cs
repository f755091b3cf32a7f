using System.Text.Json;
using Changeling.HostStandIn.Npm;

namespace Changeling.TestSupport;

/// <summary>Pages in a real browser, through <c>tools/page/check.mjs</c>: one browser for all of them.</summary>
public static class PageCheck
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromMinutes(3);

    /// <summary>What is wrong with pages: <c>NAME: fault</c>. Each of them must have parts that open, which the keyboard reaches.</summary>
    /// <exception cref="InvalidOperationException">The browser did not run.</exception>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var folder = RepositoryRoot.Combine("tools", "page");
        var package = new NpmPackage(folder, "playwright-core", "playwright-core/package.json", "a browser for pages");
        await NpmInstall.EnsureAsync(package, null, cancellationToken);
        var (code, output, errors) =
            await NodeScript.RunAsync([Path.Combine(folder, "check.mjs"), .. files], "", AnswersWithin, cancellationToken);
        if (output.Length == 0 || code is not (0 or 1)) throw new InvalidOperationException($"No browser (exit code {code}): {errors}");

        using var json = JsonDocument.Parse(output);
        var pages = json.RootElement.GetProperty("pages").EnumerateArray().ToList();
        List<string> faults =
        [
            .. pages.SelectMany(p => p.GetProperty("faults").EnumerateArray(), (p, fault) => $"{Name(p)}: {fault.GetString()}"),
            .. pages.Where(p => p.GetProperty("parts_that_open").GetInt32() == 0).Select(p => $"{Name(p)}: nothing opens"),
        ];
        return pages.Count == files.Count && code == 0 == (pages.Sum(p => p.GetProperty("faults").GetArrayLength()) == 0)
            ? faults
            : throw new InvalidOperationException($"{pages.Count} of {files.Count} pages (exit code {code}): {output}{errors}");
    }

    private static string Name(JsonElement page) => Path.GetFileName(page.GetProperty("page").GetString()!);
}
