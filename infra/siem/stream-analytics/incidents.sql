SELECT
    i.metadata.correlation_uid AS IncidentId,
    i.metadata.sequence AS Revision,
    i.metadata.uid AS MessageId,
    DATEADD(millisecond, i.time, '1970-01-01T00:00:00Z') AS MessageTime,
    i.unmapped.changeling.activity AS Activity,
    i.is_alert AS IsAlert,
    i.risk_score AS RiskScore,
    i.message AS Headline,
    i.[desc] AS Story,
    i.unmapped.changeling.hosts AS Hosts,
    i.unmapped.changeling.users AS Users,
    i.unmapped.changeling.tactics AS Tactics,
    i.unmapped.changeling.processes AS Processes
INTO incidents
FROM detections i
WHERE i.class_uid = 2005 AND i.is_alert = 1
