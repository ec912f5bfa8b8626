-- An approval that was taken back after the old system had cancelled leaves somebody whom nobody bills: staff are told.

-- +goose Up

ALTER TYPE billing_alarm_kind ADD VALUE 'nobody_bills';
