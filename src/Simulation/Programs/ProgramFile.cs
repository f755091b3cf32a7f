namespace Changeling.Simulation.Programs;

/// <summary>A program on disk.</summary>
/// <param name="Path">The full path; may hold placeholders (<see cref="Words.Template"/>).</param>
/// <param name="OriginalName">The original file name of its version resource, as its maker wrote it; absent in some programs.</param>
/// <param name="Company">The version resource's company.</param>
/// <param name="Signer">The subject of its certificate; <see langword="null"/> for an unsigned file.</param>
/// <param name="Version">The file version.</param>
/// <param name="IsConsole">Needs a console, and gets a conhost.exe when its parent has none.</param>
internal sealed record ProgramFile(string Path, string? OriginalName, string? Company, string? Signer, string Version, bool IsConsole)
{
    public const string MicrosoftWindows = "Microsoft Windows";

    public const string MicrosoftCorporation = "Microsoft Corporation";
}
