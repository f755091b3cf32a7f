using Changeling.Catalogues;

namespace Changeling.Simulation.Words;

/// <summary>Names of the made-up people: <c>Lists/people.txt</c>.</summary>
internal static class People
{
    private static readonly WordFile File = WordFile.Read(typeof(People), "Lists/people.txt");

    public static readonly string[] FirstNames = File["first_names"].Texts;

    public static readonly string[] LastNames = File["last_names"].Texts;
}
