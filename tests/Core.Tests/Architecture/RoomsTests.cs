using System.Reflection;
using System.Text.RegularExpressions;
using Changeling.Pipeline;
using Changeling.TestSupport;
using NetArchTest.Rules;

namespace Changeling.Core.Tests.Architecture;

/// <summary>
/// The rooms of the domain and the arrows between them: each uses only those that stand before it in <c>docs/architecture.md</c>.
/// </summary>
public partial class RoomsTests
{
    private static readonly Assembly Core = typeof(BatchPipeline).Assembly;

    /// <summary>The table of rooms in the document, from the bottom to the top.</summary>
    private static readonly List<string> Rooms =
    [
        .. Row().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "architecture.md"))).Select(row => row.Groups[1].Value),
    ];

    public static TheoryData<string> EachRoom => [.. Rooms];

    [Fact]
    public void Every_folder_of_the_domain_is_a_room_of_the_document_and_no_file_lies_outside()
    {
        var folder = RepositoryRoot.Combine("src", "Core");

        Assert.NotEmpty(Rooms);
        Assert.Equal(
            Rooms.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(folder)
                .Select(Path.GetFileName)
                .Where(n => n is not ("bin" or "obj"))
                .Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(folder, "*.cs"));
    }

    [Theory]
    [MemberData(nameof(EachRoom))]
    public void A_room_uses_only_rooms_that_stand_before_it(string room)
    {
        var above = Rooms.Skip(Rooms.IndexOf(room) + 1).Select(later => $"Changeling.{later}").ToArray();
        if (above.Length == 0) return;

        var result = Types.InAssembly(Core)
            .That()
            .ResideInNamespaceMatching($@"^Changeling\.{room}(\.|$)")
            .ShouldNot()
            .HaveDependencyOnAny(above)
            .GetResult();

        Assert.True(result.IsSuccessful, $"{room} uses rooms above it in {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void The_domain_knows_no_host_no_cloud_and_no_trainer()
    {
        var result = Types.InAssembly(Core)
            .ShouldNot()
            .HaveDependencyOnAny("Azure", "Microsoft.Azure", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.ML", "Grpc")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void The_way_of_one_event_names_a_file_for_each_step_and_enters_no_room_twice()
    {
        var files = Step()
            .Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "architecture.md")))
            .Select(step => step.Groups[1].Value)
            .ToList();

        Assert.True(files.Count > 8, $"{files.Count} steps");
        Assert.All(files, file => Assert.True(File.Exists(RepositoryRoot.Combine(file.Split('/'))), $"{file} does not exist"));
        Assert.Equal(files.Select(Path.GetDirectoryName).Distinct(), files.Select(Path.GetDirectoryName));
    }

    [GeneratedRegex(@"^\d+\. \*\*[^\n]*?\[`(src/[^`]+\.cs)`\]", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^\| `src/Core/(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
