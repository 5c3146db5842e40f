-- What is read out of a report has a new shape: standing states, the words of participants. All that is kept is read again from its
-- bytes by the build that migrates; a report without a reader still waits for that, also after a build that was killed.
UPDATE reports SET reader = '', anchored = NULL;
DELETE FROM timeline;
