namespace Changeling.Benchmarking.Naive;

/// <summary>A launch as ML.NET takes it, which needs a class with setters.</summary>
internal sealed class NaiveLaunch
{
    public string Image { get; set; } = "";

    public string CommandLine { get; set; } = "";

    public string ParentImage { get; set; } = "";

    public string ParentCommandLine { get; set; } = "";

    public bool Label { get; set; }
}
