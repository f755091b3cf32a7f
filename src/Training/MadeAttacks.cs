using Changeling.Catalogues;
using Changeling.Events;

namespace Changeling.Training;

/// <summary>
/// Attack rows of our own for what the corpus hardly holds, from <c>Words/attacks.txt</c>. They are well-known commands under the parents
/// that attacks have, system names outside their folders, look-alike names, and renamed system tools with their version resource.
/// </summary>
/// <remarks>In training only. Nothing of a simulator or a recording is in them.</remarks>
internal static class MadeAttacks
{
    private static readonly WordFile File = OwnRow.File("attacks.txt");
    private static readonly (string Path, string Arguments)[] Commands = [.. File["commands"].Items.Select(OwnRow.Launch)];
    private static readonly string[] SystemNames = File["system_names"].Texts;
    private static readonly string[] Lookalikes = File["lookalikes"].Texts;
    private static readonly (string Original, string Arguments)[] Tools = [.. File["renamed_tools"].Items.Select(OwnRow.Launch)];
    private static readonly string[] Randoms = File["random_names"].Texts;
    private static readonly string[] Folders = File["folders"].Texts;

    public static IEnumerable<ProcessEvent> All(Random random)
    {
        foreach (var (path, arguments) in Commands)
        {
            for (var i = 0; i < 4; i++) yield return Start(path, null, arguments, random);
        }

        foreach (var name in SystemNames.Concat(Lookalikes))
        {
            for (var i = 0; i < 6; i++) yield return Start($"{Pick(Folders, random)}{name}.exe", null, "", random);
        }

        foreach (var (original, arguments) in Tools)
        {
            for (var i = 0; i < 4; i++)
            {
                yield return Start($"{Pick(Folders, random)}{Pick(Randoms, random)}.exe", original, arguments, random);
            }
        }
    }

    private static ProcessEvent Start(string path, string? original, string arguments, Random random)
    {
        var name = OwnRow.NameOf(path).ToLowerInvariant();
        return AssumedFields.Redraw(
            new ProcessEvent
            {
                Time = DateTimeOffset.UnixEpoch,
                Host = new("made"),
                Format = "synthetic",
                Child = new()
                {
                    Name = name,
                    Path = path,
                    CommandLine = $"{OwnRow.Image(path, random)} {arguments}",
                    OriginalFileName = original,
                },
            },
            random);
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
