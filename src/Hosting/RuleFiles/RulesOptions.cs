using System.ComponentModel.DataAnnotations;
using Changeling.Rules;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.RuleFiles;

/// <summary>How the app follows users' rule files, and how it names ATT&amp;CK: section <c>Rules</c>.</summary>
public sealed class RulesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Rules";

    /// <summary>Interval at which container <c>rules</c> is read (one request, and one for each changed file).</summary>
    /// <value>1 second to 1 hour; 30 seconds by default.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The ATT&amp;CK version whose names findings use.</summary>
    /// <value><c>19.1</c> by default, where TA0005 is Stealth; <c>18.0</c>, where it is Defense Evasion.</value>
    [RegularExpression(@"^(18\.0|19\.1)$", ErrorMessage = "Rules:AttackVersion must be 18.0 or 19.1.")]
    public string AttackVersion { get; set; } = RuleSet.DefaultAttackVersion;
}

/// <summary>Checks <see cref="RulesOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class RulesOptionsValidator : IValidateOptions<RulesOptions>;
