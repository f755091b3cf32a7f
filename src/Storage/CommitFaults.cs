using Azure;
using Azure.Identity;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Determines from an exception whether a commit may have been applied.</summary>
internal static class CommitFaults
{
    /// <summary>
    /// The outcome is unknown for 412 and 409 (another owner committed) and without a status (no answer arrived). It is refused for 400 and
    /// 413 (the store will never accept it). <see langword="null"/> for everything else: the store cannot be used now.
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
