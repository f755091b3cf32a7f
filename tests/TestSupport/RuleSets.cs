using System.Text;
using Changeling.Rules;

namespace Changeling.TestSupport;

/// <summary>Shipped rules, fewer or changed, for tests of what one of them does.</summary>
public static class RuleSets
{
    /// <summary>Rule 1 alone: malicious, and rare for its parent.</summary>
    public static RuleSet ByParent { get; } = Only("unusual-process-by-parent");

    /// <summary>The shipped set with all rules switched off but some.</summary>
    public static RuleSet Only(params string[] ids) =>
        RuleSet.Shipped.With(RuleSet.Shipped.Definitions.Select(r => r with { Enabled = ids.Contains(r.Id) }));

    /// <summary>A set with changes as users write them.</summary>
    public static RuleSet Changed(RuleSet rules, params string[] changes) =>
        rules.With(changes.Select(json => RuleFile.Read("test.json", Encoding.UTF8.GetBytes(json), RuleSet.Shipped)));
}
