namespace Changeling.HubStandIn.Storing;

/// <summary>A start position lies beyond the last event, as a checkpoint does after its hub was created again.</summary>
internal sealed class PositionBeyondEndException(string message) : Exception(message);
