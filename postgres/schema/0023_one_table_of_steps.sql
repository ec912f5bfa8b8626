-- Two more lives in the one table of steps, which had a trigger of their own.

-- +goose Up

INSERT INTO allowed_steps (subject, from_status, to_status) VALUES
    ('email_correction', 'pending', 'accepted'),
    ('email_correction', 'pending', 'declined'),
    ('email_correction', 'pending', 'replaced'),
    ('method_change', 'pending', 'done'),
    ('method_change', 'pending', 'failed');

DROP TRIGGER email_corrections_step ON email_corrections;
DROP TRIGGER method_changes_step ON method_changes;
DROP FUNCTION refuse_second_end();
CREATE TRIGGER email_corrections_step BEFORE UPDATE ON email_corrections FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_unknown_step('email_correction', 'state');
CREATE TRIGGER method_changes_step BEFORE UPDATE ON method_changes FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_unknown_step('method_change', 'state');
