using Changeling.Pages.Shell;
using Changeling.Training;

namespace Changeling.Pages;

/// <summary>
/// The page of an evaluation: one HTML file without scripts, which loads nothing. It quotes rows: it belongs to the user.
/// </summary>
public static class EvaluationPage
{
    /// <summary>Writes the page. The same report always gives the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <param name="file">Receives the page, in UTF-8; it stays open.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task WriteAsync(EvaluationReport report, Stream file, CancellationToken cancellationToken) =>
        HtmlPage.WriteAsync<Evaluations.EvaluationDocument>(report, file, cancellationToken);
}
