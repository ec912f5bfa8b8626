-- Whom the identity provider means, whatever address it knows them by.

-- +goose Up

-- An address can be given to somebody else at the company; the provider's own name for a person (issuer and subject) never is. The first
-- sign-in by a verified address binds the two, and from then on the binding decides.
CREATE TABLE staff_identities (
    issuer   text NOT NULL,
    subject  text NOT NULL CONSTRAINT staff_identities_subject_is_set CHECK (subject <> ''),
    staff_id uuid NOT NULL REFERENCES staff,
    bound_at timestamptz NOT NULL,
    CONSTRAINT staff_identities_pkey PRIMARY KEY (issuer, subject),
    CONSTRAINT staff_identities_one_each UNIQUE (staff_id, issuer)
);

GRANT SELECT, INSERT, DELETE ON staff_identities TO carryover_app;
