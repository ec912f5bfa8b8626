-- name: WebhookEventInsertOrNothing :execrows
-- No row: this event came before.
INSERT INTO webhook_events (provider, event_id, type, object_id, received_at, ours)
VALUES (@provider, @event_id, @type, @object_id, @now, @ours)
ON CONFLICT (provider, event_id) DO NOTHING;
