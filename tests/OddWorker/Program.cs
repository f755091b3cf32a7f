using Changeling.OddWorker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// How a test wants start and stop to go wrong.
switch (Environment.GetEnvironmentVariable("Odd__Start"))
{
    case "fail":
        Console.WriteLine("reading the settings");
        await Console.Error.WriteLineAsync("Odd:Start says that this worker must not start.");
        return 3;
    case "hang":
        Console.WriteLine($"process {Environment.ProcessId} hangs");
        await Task.Delay(Timeout.Infinite);
        break;
    case "leave":
        return 0;
}

var builder = FunctionsApplication.CreateBuilder(args);
if (Environment.GetEnvironmentVariable("Odd__Stop") == "hang") builder.Services.AddHostedService<Unstoppable>();
await builder.Build().RunAsync();
return 0;
