-- What is read out of a report has a new shape: days from publication, days of titles, the sound of persons' names, what later
-- versions of an article changed. All that is kept is read again from its bytes, as in 0002.
UPDATE reports SET reader = '', anchored = NULL;
DELETE FROM timeline;
