using Changeling.Functions;
using Changeling.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// The exit code is 0 only after a stop that the host requested. A failure ends with 1, because the host never restarts a worker that ended
// with 0.
try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    WorkerLogging.Configure(builder.Logging);
    builder.UseMiddleware<InvocationMiddleware>();
    builder.UseWhen<BatchGateMiddleware>(BatchGateMiddleware.IsBatch);
    builder.AddChangeling();
    builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
    using var app = builder.Build();

    // The settings are checked before any service is created from them, so that every invalid setting is named.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.RunAsync();
    return 0;
}
catch (Exception exception)
{
    return StartFailure.Report(exception);
}
