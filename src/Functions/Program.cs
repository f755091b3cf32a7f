using Changeling.Functions;
using Changeling.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Exit code 1, never 0: the host takes 0 for a wish and would not start the app again.
try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    WorkerLogging.Configure(builder.Logging);
    builder.UseMiddleware<InvocationMiddleware>();
    builder.UseWhen<BatchGateMiddleware>(BatchGateMiddleware.IsBatch);
    builder.AddChangeling();
    builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
    using var app = builder.Build();

    // Before any service is made of them, so that every bad setting is named.
    app.Services.GetRequiredService<IStartupValidator>().Validate();
    await app.RunAsync();
    return 0;
}
catch (Exception exception)
{
    return StartFailure.Report(exception);
}
