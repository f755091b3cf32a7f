using Azure;
using Azure.Identity;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>What an exception says of a commit: whether it may have been applied.</summary>
internal static class CommitFaults
{
    /// <summary>
    /// 412 and 409 say that another owner was there, no status says that the answer was lost: unknown. 400 and 413 say that it
    /// will never be accepted: refused. <see langword="null"/> for everything else: the store cannot be used now.
    /// </summary>
    public static CommitResult? ResultOf(Exception exception) => exception switch
    {
        RequestFailedException { Status: 409 or 412 } => new CommitResult(CommitOutcome.Unknown, Detail: "the watermark has moved"),
        RequestFailedException { Status: 400 or 413 } refused =>
            new CommitResult(CommitOutcome.Refused, Detail: $"{refused.Status} {refused.ErrorCode}"),
        RequestFailedException { Status: 0 } => new CommitResult(CommitOutcome.Unknown, Detail: "the answer was lost"),
        RequestFailedException or AuthenticationFailedException => null,
        AggregateException { InnerException: { } inner } => ResultOf(inner),
        _ => new CommitResult(CommitOutcome.Unknown, Detail: exception.GetType().Name),
    };
}
