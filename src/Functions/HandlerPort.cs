using System.Globalization;

namespace Changeling.Functions;

/// <summary>The port on which the Functions host expects this app.</summary>
internal static class HandlerPort
{
    private const string Name = "FUNCTIONS_CUSTOMHANDLER_PORT";
    private const string OldName = "FUNCTIONS_HTTPWORKER_PORT";

    /// <summary>Reads the port; 0 lets the system choose (tests).</summary>
    /// <exception cref="InvalidOperationException">Neither name holds a port.</exception>
    public static int Of(IConfiguration configuration)
    {
        var text = configuration[Name] ?? configuration[OldName];
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new InvalidOperationException($"{Name} must be the port that the Functions host expects the app on, for example 7080.");
    }
}
