using System.Text.RegularExpressions;
using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Evaluation.Priors;
using Changeling.Rarity;
using Changeling.TestSupport;

namespace Changeling.Evaluation.Tests;

public sealed partial class CommonParentsTests
{
    /// <summary>From here on, rule 1 takes a launch for new.</summary>
    private const double Rare = 75;

    private static readonly Prior Shipped = PriorFile.Read(RepositoryRoot.Combine("models", "prior.json"));

    /// <summary>Names of Windows' own processes that are no files.</summary>
    private static readonly string[] NoFiles = ["system", "registry"];

    private static readonly string[] Interpreters =
    [
        "bash.exe", "bitsadmin.exe", "certutil.exe", "cmd.exe", "cscript.exe", "curl.exe", "forfiles.exe", "installutil.exe", "msbuild.exe",
        "mshta.exe", "msiexec.exe", "net.exe", "net1.exe", "node.exe", "powershell.exe", "pwsh.exe", "python.exe", "reg.exe", "regasm.exe",
        "regsvcs.exe", "regsvr32.exe", "rundll32.exe", "sc.exe", "schtasks.exe", "whoami.exe", "wmic.exe", "wscript.exe", "wsl.exe",
    ];

    [Fact]
    public void Every_name_is_a_lower_case_file_name_as_it_is_counted()
    {
        var names = CommonParents.Pairs.SelectMany(p => new[] { p.Lineage.Parent, p.Lineage.Child }).Distinct();

        Assert.All(names.Except(NoFiles), name => Assert.Matches(FileName(), name));
        Assert.All(CommonParents.Pairs, p => Assert.DoesNotContain('*', p.Lineage.ToString()));
    }

    [Fact]
    public void The_shipped_prior_contains_every_pair_of_the_list() =>
        Assert.All(
            CommonParents.Pairs, p => Assert.True(Shipped.LaunchesOf(p.Lineage) >= 0.999 + Math.Log(p.Launches), p.Lineage.ToString()));

    [Theory]
    [InlineData("winword.exe")]
    [InlineData("excel.exe")]
    [InlineData("powerpnt.exe")]
    [InlineData("outlook.exe")]
    [InlineData("onenote.exe")]
    [InlineData("ms-teams.exe")]
    [InlineData("acrobat.exe")]
    [InlineData("chrome.exe")]
    [InlineData("msedge.exe")]
    [InlineData("firefox.exe")]
    [InlineData("explorer.exe")]
    [InlineData("w3wp.exe")]
    [InlineData("sqlservr.exe")]
    [InlineData("httpd.exe")]
    [InlineData("nginx.exe")]
    [InlineData("java.exe")]
    [InlineData("ccmexec.exe")]
    [InlineData("agentexecutor.exe")]
    [InlineData("teamviewer_service.exe")]
    [InlineData("devenv.exe")]
    [InlineData("code.exe")]
    [InlineData("node.exe")]
    [InlineData("python.exe")]
    [InlineData("git.exe")]
    [InlineData("windowsterminal.exe")]
    public void The_shipped_prior_knows_the_commonest_parents(string parent) => Assert.NotEmpty(Shipped.ChildrenOf(parent));

    [Fact]
    public void The_list_has_no_interpreter_under_office_browsers_and_servers()
    {
        var theirs = CommonParents.Pairs
            .Where(p => p.ParentClass is ParentClass.Office or ParentClass.Browser or ParentClass.Server)
            .ToList();

        Assert.NotEmpty(theirs);
        Assert.All(theirs, p => Assert.DoesNotContain(p.Lineage.Child, Interpreters));
    }

    [Theory]
    [InlineData("winword.exe", "powershell.exe", "splwow64.exe")]
    [InlineData("winword.exe", "cmd.exe", "splwow64.exe")]
    [InlineData("excel.exe", "regsvr32.exe", "ai.exe")]
    [InlineData("outlook.exe", "wscript.exe", "winword.exe")]
    [InlineData("chrome.exe", "powershell.exe", "chrome.exe")]
    [InlineData("msedge.exe", "mshta.exe", "identity_helper.exe")]
    [InlineData("w3wp.exe", "cmd.exe", "php-cgi.exe")]
    [InlineData("httpd.exe", "powershell.exe", "httpd.exe")]
    [InlineData("sqlservr.exe", "cmd.exe", "conhost.exe")]
    [InlineData("java.exe", "cmd.exe", "java.exe")]
    public void An_interpreter_stays_rare_under_a_parent_whose_ordinary_children_are_known(string parent, string rare, string ordinary)
    {
        var young = new ParentHistory(parent, [], HalfLife.Never);
        var old = new ParentHistory(parent, [], HalfLife.Never);
        for (var i = 0; i < 1_000; i++) old.Count(ordinary, Some.Time, 0);

        Assert.True(Score(young, rare) >= Rare);
        Assert.True(Score(old, rare) >= Rare);
        Assert.True(Score(young, ordinary) < Rare);
    }

    [Fact]
    public void A_pair_counts_as_known_or_as_recorded_whichever_is_more()
    {
        var often = Lineage.Of("a.exe", "often.exe");
        var seldom = Lineage.Of("a.exe", "seldom.exe");
        var never = Lineage.Of("a.exe", "never.exe");
        RecordedLaunch[] recorded =
        [
            .. Enumerable.Range(0, 10).Select(i => new RecordedLaunch($"lab {i}", often, ParentClass.Program)),
            new RecordedLaunch("lab", seldom, ParentClass.Program),
        ];
        OrdinaryPair[] ordinary = [.. new[] { often, seldom, never }.Select(l => new OrdinaryPair(l, ParentClass.Program, 5))];
        using var file = new MemoryStream();
        new PriorBuilder(new EstimatorConstants()).Write(recorded, ordinary, [new CalibrationFleet([recorded[0]], 0)], "2026.1.1", file);
        file.Position = 0;
        var prior = PriorFile.Read(file);

        var known = 1 + Math.Log(5);
        Assert.Equal(10, prior.LaunchesOf(often), 0.001);
        Assert.Equal(known, prior.LaunchesOf(seldom), 0.001);
        Assert.Equal(known, prior.LaunchesOf(never), 0.001);
        Assert.Equal(known / (10 + 2 * known + 5), prior.ShareIn(ParentClass.Program, "never.exe"), 0.001);
    }

    [Theory]
    [InlineData("often | b.exe", "'often' is no commonness")]
    [InlineData("rare | b.exe, b.exe", "'a.exe > b.exe' stands in the file twice")]
    [InlineData("rare", "expected 'commonness")]
    public void A_malformed_line_is_refused_with_its_number(string line, string problem)
    {
        var file = WordFile.Parse("list.txt", new StringReader($"a.exe:\n  {line}\n"));

        var refused = Assert.Throws<InvalidDataException>(() => CommonParents.Read(file));

        Assert.StartsWith("list.txt, line 2: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static double Score(ParentHistory history, string child) => RarityEstimator.Rate(
        history, FleetParent.None, ParentClassifier.Classify(history.Parent, null), child, Shipped, Shipped.Calibration).Score;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9 ._+-]*\.(exe|com|bin)$")]
    private static partial Regex FileName();
}
