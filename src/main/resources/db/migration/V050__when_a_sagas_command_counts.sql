-- What a saga sends may have happened in the world earlier than it is carried out: a machine whose
-- deployment was deleted costs nothing from then on, however late the saga hears of it.

ALTER TABLE outbox ADD COLUMN effective_at timestamptz;
COMMENT ON COLUMN outbox.effective_at IS 'when it happened in the world, absent for now';
