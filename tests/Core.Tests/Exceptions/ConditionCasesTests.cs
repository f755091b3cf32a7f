using Changeling.Events;
using Changeling.Events.Values;
using Changeling.Exceptions;
using Changeling.TestSupport;
using static Changeling.Core.Tests.Exceptions.SomeExceptions;

namespace Changeling.Core.Tests.Exceptions;

/// <summary>Each kind of condition on each field, as a table in <c>Cases/Exceptions</c>.</summary>
public class ConditionCasesTests
{
    private const string None = "none";

    [Fact]
    public void Every_case_holds()
    {
        var cases = Cases().ToList();

        var wrong = cases.Where(c => Holds(c.Condition, c.Value) != c.Expected)
            .Select(c => $"{c.Line}: it is the other way round")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(cases.Count >= 47, $"only {cases.Count} cases were found");
        Assert.Equal(ExceptionFields.Names, cases.Select(c => c.Condition.Field).Distinct().Order(StringComparer.Ordinal));
    }

    private static bool Holds(ExceptionCondition condition, string value)
    {
        var list = ExceptionList.Of([Item("exc-1", condition)], Groups);
        return list.Consult(
            Launch(condition.Field, value == None ? null : value), Some.Time, ["rule"], isSummed: false).Suppressed.ContainsKey("rule");
    }

    private static ProcessEvent Launch(string field, string? value)
    {
        var e = Some.ProcessEvent();
        return field switch
        {
            "process.name" => e with { Child = e.Child with { Name = value! } },
            "process.executable" => e with { Child = e.Child with { Path = value } },
            "process.command_line" => e with { Child = e.Child with { CommandLine = value } },
            "process.code_signature.subject_name" => e with { Child = e.Child with { Signature = Signature(value) } },
            "process.parent.name" => e with { Parent = value is null ? null : e.Parent! with { Name = value } },
            "process.parent.executable" => e with { Parent = e.Parent! with { Path = value } },
            "user.name" => e with { User = value is null ? null : Accounts.Of(value) },
            _ => e with { Host = new HostIdentity(value!) },
        };
    }

    private static CodeSignature? Signature(string? value) => value?.Split(':') switch
    {
        null => null,
        ["invalid", var signer] => new CodeSignature(SignatureStatus.Invalid, signer),
        ["unknown", var signer] => new CodeSignature(SignatureStatus.Unknown, signer),
        _ => new CodeSignature(SignatureStatus.Valid, value),
    };

    private static IEnumerable<(string Line, ExceptionCondition Condition, string Value, bool Expected)> Cases() =>
        from line in File.ReadLines(RepositoryRoot.Combine("tests", "Core.Tests", "Cases", "Exceptions", "conditions.txt"))
        where line.Contains('⇶') && !line.StartsWith('#')
        let parts = line.Split('⇶')
        let input = parts[0].Split('¦')
        let words = input[0].Trim().Split(' ', 3)
        select (
            line,
            new ExceptionCondition(words[0], Enum.Parse<ExceptionMatch>(words[1], ignoreCase: true), [words[2]]),
            input[1].Trim(),
            parts[1].Trim() == "yes");
}
