WITH d AS (
    SELECT *, GetRecordPropertyValue(GetArrayElement(evidences, 0), 'process') AS process
    FROM detections
)
SELECT
    d.finding_info.uid AS DetectionId,
    DATEADD(millisecond, d.time, '1970-01-01T00:00:00Z') AS FindingTime,
    d.is_alert AS IsAlert,
    d.finding_info.title AS RuleName,
    d.risk_score AS RiskScore,
    d.device.hostname AS HostName,
    d.process.user.name AS AccountName,
    d.process.cmd_line AS CommandLine,
    d.process.parent_process.name AS ParentName,
    d.message AS Summary
INTO alerts
FROM d
WHERE d.class_uid = 2004 AND d.is_alert = 1
    AND ISFIRST(hour, 1) OVER (PARTITION BY d.finding_info.uid) = 1
