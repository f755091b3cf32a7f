namespace Changeling.Cli.Tests;

/// <summary>What a user has when a command has ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>The progress of long work, which a user sees on standard error too.</summary>
    public string Progress { get; init; } = "";

    /// <summary>It worked: nobody looks further at a command that failed.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Errors}");
        return this;
    }

    /// <summary>It refused, as every command does: one sentence on standard error that holds all the parts, and no output.</summary>
    public void RefusedWith(params string[] parts)
    {
        FailedWith(parts);
        Assert.Empty(Output);
    }

    /// <summary>It failed, perhaps after some output: one sentence on standard error.</summary>
    public void FailedWith(params string[] parts)
    {
        Assert.NotEqual(0, ExitCode);
        Assert.Matches(@"^changeling: [^\n]+\.\n$", Errors.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("Exception", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", Errors, StringComparison.Ordinal);
        foreach (var part in parts) Assert.Contains(part, Errors, StringComparison.Ordinal);
    }
}
