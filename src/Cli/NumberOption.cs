using System.CommandLine;
using System.Globalization;

namespace Changeling.Cli;

/// <summary>An option with a whole number as its value, and a clear message for other values.</summary>
internal static class NumberOption
{
    public static Option<int> Create(string name, string description, int byDefault) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
            result.AddError($"{name} must be a whole number, not '{text}'");
            return byDefault;
        },
    };
}
