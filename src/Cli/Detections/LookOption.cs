using System.CommandLine;
using Spectre.Console;

namespace Changeling.Cli.Detections;

/// <summary>The option <c>--width</c> of commands that show detections.</summary>
internal static class LookOption
{
    public static Option<int> Create() => NumberOption.Create(
        "--width", $"Maximum length of a line, {Look.MinWidth} to {Look.MaxWidth}. Default: the terminal's, or {Look.PipeWidth} in a pipe.", 0);

    /// <summary>The look that the option asks for.</summary>
    /// <exception cref="CliException">The width is not possible.</exception>
    public static Look Read(int width, IAnsiConsole console) => width is 0 or (>= Look.MinWidth and <= Look.MaxWidth)
        ? Look.Of(console, width)
        : throw new CliException($"lines cannot have a width of {width}; pass {Look.MinWidth} to {Look.MaxWidth} to --width.");
}
