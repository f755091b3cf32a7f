using System.Diagnostics;
using System.Globalization;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn;

/// <summary>How the handler is started: a published executable as it is, a built one through <c>dotnet</c>.</summary>
internal static class HandlerStart
{
    /// <summary>The program and its environment (section 1.1): ports, id, folder and all app settings.</summary>
    /// <exception cref="HostFailedException">The folder holds neither form of the app.</exception>
    public static ProcessStartInfo Info(FunctionApp app, HostOptions options, int port)
    {
        var info = Program(app);
        info.WorkingDirectory = options.WorkingDirectory ?? app.Folder;
        foreach (var (name, value) in options.Settings) info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        info.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        info.Environment["FUNCTIONS_HTTPWORKER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        info.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = WorkerId();
        info.Environment["FUNCTIONS_APP_ROOT_PATH"] = app.Folder;
        return info;
    }

    private static ProcessStartInfo Program(FunctionApp app)
    {
        var executable = Path.Combine(app.Folder, app.Executable);
        var library = executable + ".dll";
        var selfContained = Directory.EnumerateFiles(app.Folder, "*hostfxr*").Any() || !File.Exists(library);
        if (!selfContained) return new ProcessStartInfo("dotnet", [library]);

        if (OperatingSystem.IsWindows() && !File.Exists(executable)) executable += ".exe";
        return File.Exists(executable)
            ? new ProcessStartInfo(executable)
            : throw new HostFailedException($"{app.Folder} holds no {app.Executable}. Build or publish src/Functions first.");
    }

#pragma warning disable RS0030 // An id of this process only, which nothing is derived from.
    private static string WorkerId() => Guid.NewGuid().ToString();
#pragma warning restore RS0030
}
