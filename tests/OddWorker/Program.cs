using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

// How a test wants the start to go wrong.
switch (Environment.GetEnvironmentVariable("Odd__Start"))
{
    case "fail":
        Console.WriteLine("reading the settings");
        await Console.Error.WriteLineAsync("Odd:Start says that this worker must not start.");
        return 3;
    case "hang":
        await Task.Delay(Timeout.Infinite);
        break;
    case "leave":
        return 0;
}

await FunctionsApplication.CreateBuilder(args).Build().RunAsync();
return 0;
