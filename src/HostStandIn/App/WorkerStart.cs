using System.Diagnostics;
using System.Globalization;

namespace Changeling.HostStandIn.App;

/// <summary>How the host starts a worker: program, arguments and environment.</summary>
internal static class WorkerStart
{
    /// <param name="app">The app.</param>
    /// <param name="settings">The app settings; <c>:</c> in a name becomes <c>__</c>.</param>
    /// <param name="host">The address of the host's stream.</param>
    /// <param name="workerId">The id by which the worker identifies itself.</param>
    public static ProcessStartInfo Info(FunctionApp app, IReadOnlyDictionary<string, string> settings, Uri host, string workerId)
    {
        var info = new ProcessStartInfo(app.Worker.Executable, Arguments(app, host, workerId)) { WorkingDirectory = app.Folder };
        foreach (var (name, value) in settings) info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        info.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        info.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder;
        info.Environment["FUNCTIONS_WORKER_DIRECTORY"] = app.Folder;
        return info;
    }

    /// <summary>Each value is passed under its old name, which this worker does not read, and under its present one.</summary>
    private static IEnumerable<string> Arguments(FunctionApp app, Uri host, string workerId)
    {
        var requestId = Ids.New().ToString();
        var maximum = int.MaxValue.ToString(CultureInfo.InvariantCulture);
        return
        [
            app.Worker.Library,
            "--host", host.Host,
            "--port", host.Port.ToString(CultureInfo.InvariantCulture),
            "--workerId", workerId,
            "--requestId", requestId,
            "--grpcMaxMessageLength", maximum,
            "--functions-uri", host.ToString(),
            "--functions-worker-id", workerId,
            "--functions-request-id", requestId,
            "--functions-grpc-max-message-length", maximum,
        ];
    }
}
