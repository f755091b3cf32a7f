namespace Changeling.HubStandIn.Storing;

/// <summary>A start position is beyond the last event, for example from a checkpoint after the hub was created again.</summary>
internal sealed class PositionBeyondEndException(string message) : Exception(message);
