using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Changeling.HubStandIn.Nodes;

/// <summary><c>$cbs</c>, where clients put their tokens; any token is accepted.</summary>
internal sealed class TokenNode : IRequestProcessor
{
    public const string Address = "$cbs";

    private const int Accepted = 202;

    /// <inheritdoc/>
    public int Credit => 100;

    /// <inheritdoc/>
    public void Process(RequestContext requestContext)
    {
        var answer = new Message { ApplicationProperties = new ApplicationProperties() };
        answer.ApplicationProperties["status-code"] = Accepted;
        answer.ApplicationProperties["status-description"] = "Accepted";
        requestContext.Complete(answer);
    }
}
