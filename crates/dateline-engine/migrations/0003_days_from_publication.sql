-- An expression of time keeps how many days from publication it lies: all that is kept is read again from its bytes, as in 0002.
UPDATE reports SET reader = '', anchored = NULL;
DELETE FROM timeline;
