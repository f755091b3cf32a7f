using System.CommandLine;
using System.Text;
using Spectre.Console;

namespace Changeling.Cli.Hubs;

/// <summary><c>changeling tail</c>: what arrives on a hub, a message a line. Ctrl-C is how it usually ends.</summary>
internal static class TailCommand
{
    private const int WithoutEnd = 0;

    public static Command Create(Func<string, string?> setting)
    {
        var hub = new HubOptions(setting);
        var fromStart = new Option<bool>("--from-start") { Description = "Everything that the hub still keeps; else only what comes from now on." };
        var untilEnd = new Option<bool>("--until-end") { Description = "End when everything that is there was read." };
        var count = NumberOption.Create("--count", "End after so many messages; 0 is never.", WithoutEnd);
        var output = new Option<string?>("--output", "-o") { Description = "A file for the messages, as they are, one a line; the terminal if left out.", HelpName = "FILE" };
        var group = new Option<string>("--group") { Description = "The consumer group that is named; none is joined, no place is kept.", DefaultValueFactory = _ => "$Default", HelpName = "NAME" };
        var command = new Command("tail", "Show what arrives on an Event Hub, through its Kafka endpoint: detections, or telemetry.") { fromStart, untilEnd, count, output, group };
        hub.AddTo(command);
        command.SetAction((parsed, cancellation) => Verb.RunAsync(() =>
        {
            var (address, name) = hub.Read(parsed);
            var file = parsed.GetValue(output);
            using var target = file is null ? Console.OpenStandardOutput() : OutputFiles.Create(file);
            using var reader = new HubReader(address, name, parsed.GetRequiredValue(group));
            var most = parsed.GetValue(count);
            var number = 0L;
            foreach (var body in reader.Read(parsed.GetValue(fromStart), parsed.GetValue(untilEnd), cancellation))
            {
                target.Write(Line(body, isForPeople: file is null && !Console.IsOutputRedirected));
                target.Flush();
                if (++number == most) break;
            }

            if (file is not null) Terminal.Out.WriteLine($"{number:N0} messages of {Printable.Of(name)} → {file}");
            return Task.FromResult(Verb.Success);
        }));
        return command;
    }

    /// <summary>For people, what could fool a terminal is shown as an escape. For files and pipes line ends become blanks, which JSON does not mind.</summary>
    private static byte[] Line(byte[] body, bool isForPeople) => isForPeople
        ? Encoding.UTF8.GetBytes(Printable.Of(Encoding.UTF8.GetString(body)) + "\n")
        : [.. body.Select(b => b is (byte)'\n' or (byte)'\r' ? (byte)' ' : b), (byte)'\n'];
}
