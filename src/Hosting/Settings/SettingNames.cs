using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Settings;

/// <summary>
/// Puts the section before each failure of a generated validator, so that the message names the setting as an operator writes it.
/// </summary>
internal sealed class SettingNames<TOptions>(IValidateOptions<TOptions> validator, string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var result = validator.Validate(name, options);
        return result.Failed ? ValidateOptionsResult.Fail(result.Failures.Select(failure => $"{section}:{failure}")) : result;
    }
}
