-- Why runs ended.

ALTER TABLE runs ADD COLUMN stop_reason TEXT  -- why it ended before all was done: a signal, a budget, a full disk, an error
  DEFAULT NULL;
