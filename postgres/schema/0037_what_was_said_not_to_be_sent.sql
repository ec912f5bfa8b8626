-- What became of messages, where two sources tell of it.

-- +goose Up

-- A message is FAILED by what the provider answered, or because a look-up or a person concluded that it was not sent. The provider's
-- own word may still prove the latter wrong, and nothing else.
ALTER TABLE deliveries ADD COLUMN not_sent boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN deliveries.not_sent IS 'FAILED by a look-up or by a person''s word; only then may the provider''s word follow';
INSERT INTO allowed_steps (subject, from_status, to_status) VALUES
    ('delivery', 'failed', 'accepted'),
    ('delivery', 'failed', 'delivered'),
    ('delivery', 'failed', 'undelivered');

-- Each person gets one invitation by text, also where their number was corrected since; a text that is known not to have arrived does
-- not count, since that is what a number is corrected for. What only waits is told apart: it may still be withdrawn.
CREATE OR REPLACE VIEW sendings AS
SELECT i.id AS invitation_id, i.location_id, i.tenant_id, t.email, p.phone,
    CASE WHEN i.status = 'claimed' THEN 'CLAIMED'
         WHEN i.status = 'revoked' THEN 'REVOKED'
         WHEN t.email IS NULL THEN 'NO_EMAIL'
         WHEN EXISTS (SELECT FROM suppressions s WHERE s.live AND s.channel = 'email' AND s.address = t.email) THEN 'SUPPRESSED'
         ELSE '' END AS email_skip,
    CASE WHEN i.status = 'claimed' THEN 'CLAIMED'
         WHEN i.status = 'revoked' THEN 'REVOKED'
         WHEN p.phone IS NULL THEN 'NO_PHONE'
         WHEN EXISTS (SELECT FROM phone_claims c WHERE c.phone = p.phone) THEN
             CASE WHEN EXISTS (SELECT FROM phone_claims c JOIN deliveries d ON d.id = c.delivery_id
                               WHERE c.phone = p.phone AND d.status IN ('queued', 'sending')) THEN 'TEXT_ON_ITS_WAY'
                  ELSE 'ALREADY_TEXTED' END
         WHEN EXISTS (SELECT FROM deliveries d WHERE d.tenant_id = i.tenant_id AND d.channel = 'sms' AND d.purpose = 'invitation'
                          AND d.status IN ('queued', 'sending', 'accepted', 'delivered', 'unknown')) THEN
             CASE WHEN EXISTS (SELECT FROM deliveries d WHERE d.tenant_id = i.tenant_id AND d.channel = 'sms' AND d.purpose = 'invitation'
                                   AND d.status IN ('accepted', 'delivered', 'unknown')) THEN 'ALREADY_TEXTED'
                  ELSE 'TEXT_ON_ITS_WAY' END
         WHEN EXISTS (SELECT FROM suppressions s WHERE s.live AND s.channel = 'sms' AND s.address = p.phone) THEN 'SUPPRESSED'
         ELSE '' END AS text_skip
FROM invitations i
JOIN tenants t ON t.id = i.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = i.tenant_id AND tl.location_id = i.location_id
CROSS JOIN LATERAL (SELECT CASE WHEN tl.known_as IS NULL THEN t.phone ELSE tl.known_phone END AS phone) p;

-- From where a batch's latest failures are counted: one that breaks down late is not saved by what went well before.
ALTER TABLE batches
    ADD COLUMN window_succeeded integer NOT NULL DEFAULT 0,
    ADD COLUMN window_failed integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN batches.window_failed IS 'As counted when the window began, without those that failed for a reason of our own';
