namespace Changeling.Features;

/// <summary>A piece of a text that decodes to readable text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Text">What it decodes to.</param>
internal readonly record struct EncodedRun(int Start, int End, string Text);
