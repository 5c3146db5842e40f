-- An event says which one it is told under. Reports keep their shape; the timeline is made again by the build that migrates.
DELETE FROM timeline;
