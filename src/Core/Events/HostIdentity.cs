namespace Changeling.Events;

/// <summary>The endpoint of an event.</summary>
/// <param name="Name">Lower case, short or fully qualified, as the source gives it.</param>
/// <param name="Id">The source's stable id of the machine, where it has one (Defender's <c>DeviceId</c>, ECS <c>host.id</c>).</param>
public sealed record HostIdentity(string Name, string? Id = null);
