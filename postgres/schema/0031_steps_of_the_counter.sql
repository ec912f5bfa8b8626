-- What may follow what at a counter.

-- +goose Up

-- The same rule as before, of two more columns.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refuse_unknown_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_status text;
    new_status text;
BEGIN
    CASE TG_ARGV[1] -- a branch that is not taken may name a column that this table does not have
        WHEN 'status' THEN old_status := OLD.status; new_status := NEW.status;
        WHEN 'state' THEN old_status := OLD.state; new_status := NEW.state;
        WHEN 'outcome' THEN old_status := OLD.outcome; new_status := NEW.outcome;
        WHEN 'stage' THEN old_status := OLD.stage; new_status := NEW.stage;
        WHEN 'step' THEN old_status := OLD.step; new_status := NEW.step;
    END CASE;
    IF NOT EXISTS (SELECT FROM allowed_steps s
                   WHERE s.subject = TG_ARGV[0]::event_subject AND s.from_status = old_status AND s.to_status = new_status) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_ARGV[0], old_status, new_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allowed_steps';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

INSERT INTO allowed_steps (subject, from_status, to_status) VALUES
    ('session', 'pre_gate', 'migrating'), ('session', 'pre_gate', 'closed'),
    ('session', 'migrating', 'pre_gate'), ('session', 'migrating', 'migrated'), ('session', 'migrating', 'closed'),
    ('counter_migration', 'match', 'contact'),
    ('counter_migration', 'contact', 'match'), ('counter_migration', 'contact', 'card'),
    ('counter_migration', 'card', 'contact'), ('counter_migration', 'card', 'checkout'),
    ('counter_migration', 'checkout', 'card'), ('counter_migration', 'checkout', 'terms'),
    ('counter_migration', 'terms', 'card'), ('counter_migration', 'terms', 'checkout'), ('counter_migration', 'terms', 'done'),
    ('counter_migration', 'match', 'discarded'), ('counter_migration', 'contact', 'discarded'), ('counter_migration', 'card', 'discarded'),
    ('counter_migration', 'checkout', 'discarded'), ('counter_migration', 'terms', 'discarded');
CREATE TRIGGER sessions_step BEFORE UPDATE ON sessions FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION refuse_unknown_step('session', 'stage');
CREATE TRIGGER counter_migrations_step BEFORE UPDATE ON counter_migrations FOR EACH ROW
    WHEN (OLD.step IS DISTINCT FROM NEW.step) EXECUTE FUNCTION refuse_unknown_step('counter_migration', 'step');

-- An open offer whose customer agreed at the counter is revoked, and its link leads to what was agreed.
ALTER TABLE invitations
    DROP CONSTRAINT invitations_only_claimed_has_successor,
    ADD CONSTRAINT invitations_only_ended_has_successor CHECK (successor_id IS NULL OR status IN ('claimed', 'revoked'));
