namespace Changeling.HostStandIn.Workers;

/// <summary>Finds the function that a call is for.</summary>
internal static class AppFunctions
{
    /// <summary>The Event Hubs function of a name, or the only one.</summary>
    /// <exception cref="HostFailedException">There is none, there are several, or it does not accept whole messages.</exception>
    public static LoadedFunction Events(IReadOnlyDictionary<string, LoadedFunction> functions, string? name)
    {
        var found = functions.Values.Where(f => f.Trigger.Type == TriggerBinding.EventHub && (name is null || SameName(f, name))).ToList();
        return found switch
        {
            [{ Trigger.TakesMessages: true } only] => only,
            [var only] =>
                throw new HostFailedException(
                    $"The function {only.Name} must take EventData[]: the stand-in hands over batches of whole messages."),
            [] => throw new HostFailedException($"The app has no Event Hubs function{(name is null ? "" : " " + name)}."),
            _ => throw new HostFailedException($"The app has {found.Count} Event Hubs functions: name one."),
        };
    }

    /// <summary>The timer of a name.</summary>
    /// <exception cref="HostFailedException">There is none.</exception>
    public static LoadedFunction Timer(IReadOnlyDictionary<string, LoadedFunction> functions, string name) =>
        functions.Values.FirstOrDefault(f => f.Trigger.Type == TriggerBinding.Timer && SameName(f, name))
            ?? throw new HostFailedException($"The app has no timer function {name}.");

    private static bool SameName(LoadedFunction function, string name) => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
