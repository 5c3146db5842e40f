-- The timeline says what later versions of an article changed; the build that migrates relates all that is kept anew.
DELETE FROM timeline;
