using Changeling.TestSupport;

namespace Changeling.Functions.Tests;

/// <summary>Expected texts, kept as files. With <c>CHANGELING_REWRITE_GOLDEN=1</c> they are written anew, for review in the diff.</summary>
internal static class GoldenFile
{
    public static string Read(string name) => File.ReadAllText(PathOf(name));

    public static void AssertEqual(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable("CHANGELING_REWRITE_GOLDEN") == "1") File.WriteAllText(PathOf(name), actual + "\n");
        Assert.Equal(Read(name).TrimEnd(), actual);
    }

    private static string PathOf(string name) => RepositoryRoot.Combine("tests", "Functions.Tests", "Golden", name);
}
