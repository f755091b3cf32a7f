namespace Changeling.Pages.Shell;

/// <summary>The style sheet of all pages, which each page has in itself.</summary>
internal static class Style
{
    private static readonly Lazy<string> Sheet = new(Read);

    /// <summary>The style sheet.</summary>
    public static string Text => Sheet.Value;

    private static string Read()
    {
        using var reader = new StreamReader(typeof(Style).Assembly.GetManifestResourceStream("page.css")!);
        return reader.ReadToEnd();
    }
}
