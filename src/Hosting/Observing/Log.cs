using Changeling.Hosting.Batches;
namespace Changeling.Hosting.Observing;

/// <summary>All log messages of this project, ids 100–199. There is one line per batch, and no line contains event content.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Partition {Partition}, sequence numbers {First} to {Last}: {Counts}, {Milliseconds} ms.")]
    public static partial void Processed(ILogger logger, string partition, long first, long last, BatchCounts counts, long milliseconds);

    [LoggerMessage(101, LogLevel.Warning, "The invocation failed and will be retried: {Reason}")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(102, LogLevel.Error, "The host's invocation is invalid: {Reason}")]
    public static partial void BadInvocation(ILogger logger, string reason);

    [LoggerMessage(103, LogLevel.Error, "{Function} failed with {Kind} {Stack}")]
    public static partial void Failed(ILogger logger, string function, string kind, string stack);

    [LoggerMessage(104, LogLevel.Critical, "Partition {Partition} is stuck: its batch has been retried {RetryCount} times.")]
    public static partial void Stuck(ILogger logger, string partition, int retryCount);

    [LoggerMessage(105, LogLevel.Information, "Sweep: {Partitions} partitions, {Rows} rows read, {Deleted} deleted, done: {IsDone}.")]
    public static partial void Swept(ILogger logger, int partitions, int rows, int deleted, bool isDone);

    [LoggerMessage(106, LogLevel.Information,
        "Clusters: {Windows} windows, {Entities} entities, {Detections} new detections ({Suppressed} suppressed), {Sent} sent.")]
    public static partial void ClustersEvaluated(ILogger logger, int windows, int entities, int detections, int suppressed, int sent);

    [LoggerMessage(107, LogLevel.Warning,
        "{Count} invocations did not end before the app had to stop; the host will redeliver their batches.")]
    public static partial void NotDrained(ILogger logger, int count);

    [LoggerMessage(108, LogLevel.Error,
        "{Count} stored detections cannot be read and are not sent. They stay in the table until they are swept.")]
    public static partial void DamagedDetections(ILogger logger, int count);

    [LoggerMessage(109, LogLevel.Information,
        "Incidents: {Signals} signals, {Watched} watched, {Open} open, {Messages} new messages, {Sent} sent.")]
    public static partial void IncidentsGathered(ILogger logger, int signals, int watched, int open, int messages, int sent);

    [LoggerMessage(110, LogLevel.Information, "Scoring with model {Version} ({Package}).")]
    public static partial void ModelLoaded(ILogger logger, string version, string package);

    [LoggerMessage(111, LogLevel.Warning, "No model is loaded yet; invocations wait; next attempt in {Seconds} s: {Reason}")]
    public static partial void ModelMissing(ILogger logger, double seconds, string reason);

    [LoggerMessage(112, LogLevel.Error, "The new model is refused and model {Version} stays: {Reason}")]
    public static partial void ModelRefused(ILogger logger, string version, string reason);

    [LoggerMessage(113, LogLevel.Warning, "The model pointer cannot be read and model {Version} stays: {Reason}")]
    public static partial void PointerUnreadable(ILogger logger, string version, string reason);

    [LoggerMessage(114, LogLevel.Information, "There was no model in the store; the shipped package {Package} is uploaded.")]
    public static partial void ModelSeeded(ILogger logger, string package);

    [LoggerMessage(115, LogLevel.Warning,
        "The fleet view of {Partitions} partitions cannot be refreshed; the previous one stays in use: {Reason}")]
    public static partial void FleetNotRefreshed(ILogger logger, int partitions, string reason);

    [LoggerMessage(116, LogLevel.Information, "Rules: {Enabled} enabled, {Files} files of the store in force.")]
    public static partial void RulesLoaded(ILogger logger, int enabled, int files);

    [LoggerMessage(117, LogLevel.Error, "A rule file is refused; its previous content stays in force: {Reason}")]
    public static partial void RulesRefused(ILogger logger, string reason);

    [LoggerMessage(118, LogLevel.Warning, "The rule files cannot be read; the previous rules stay in force: {Reason}")]
    public static partial void RulesUnreadable(ILogger logger, string reason);

    [LoggerMessage(119, LogLevel.Warning, "The health report of this instance cannot be written: {Reason}")]
    public static partial void HealthNotWritten(ILogger logger, string reason);

    [LoggerMessage(120, LogLevel.Critical, "The app cannot start: {Reason}")]
    public static partial void CannotStart(ILogger logger, string reason);

    [LoggerMessage(130, LogLevel.Information, "Exceptions: {InForce} in force, {Expired} expired, {Disabled} disabled.")]
    public static partial void ExceptionsLoaded(ILogger logger, int inForce, int expired, int disabled);

    [LoggerMessage(131, LogLevel.Error, "An exception file is refused; its previous content stays in force: {Reason}")]
    public static partial void ExceptionsRefused(ILogger logger, string reason);

    [LoggerMessage(132, LogLevel.Warning, "The exceptions cannot be read; the previous ones stay in force: {Reason}")]
    public static partial void ExceptionsUnreadable(ILogger logger, string reason);
}
