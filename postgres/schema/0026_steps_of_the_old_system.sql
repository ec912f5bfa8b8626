-- What may follow what in the old system, as far as we are told of it, and invitations made of its list in bulk.

-- +goose Up

-- A file may say anything after anything. What staff have recorded is the end: no file revives a membership whose cancellation was seen.
INSERT INTO allowed_steps (subject, from_status, to_status)
SELECT 'legacy_membership', f, t
FROM unnest(ARRAY['active', 'paused', 'past_due', 'cancelled']) f, unnest(ARRAY['active', 'paused', 'past_due', 'cancelled', 'recorded']) t
WHERE f <> t;
CREATE TRIGGER legacy_memberships_step BEFORE UPDATE ON legacy_memberships FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_unknown_step('legacy_membership', 'state');

ALTER TABLE batch_parts
    ADD COLUMN legacy_ids uuid[] CHECK (cardinality(legacy_ids) BETWEEN 1 AND 1000),
    DROP CONSTRAINT batch_parts_are_of_one_kind,
    ADD CONSTRAINT batch_parts_are_of_one_kind CHECK (num_nonnulls(invitation_ids, submission_ids, legacy_ids) = 1);
ALTER TABLE batch_items
    ADD COLUMN legacy_membership_id uuid REFERENCES legacy_memberships,
    DROP CONSTRAINT batch_items_has_one_subject,
    ADD CONSTRAINT batch_items_has_one_subject CHECK (num_nonnulls(invitation_id, submission_id, legacy_membership_id) = 1
        OR (num_nonnulls(invitation_id, submission_id, legacy_membership_id) = 0 AND outcome = 'skipped' AND reason = 'DELETED'));
CREATE INDEX batch_items_legacy_membership_id_idx ON batch_items (legacy_membership_id) WHERE legacy_membership_id IS NOT NULL;

ALTER TABLE batches ADD COLUMN with_duplicates boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN batches.with_duplicates IS 'Of CREATE_FROM_LEGACY: staff have seen that contacts or plates are there twice and want those invited as well';
