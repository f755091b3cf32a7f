namespace Changeling.HubStandIn.Storing;

/// <summary>A reader wants to begin where the partition has not come to yet, as with a checkpoint of a hub that was made anew.</summary>
internal sealed class PositionBeyondEndException(string message) : Exception(message);
