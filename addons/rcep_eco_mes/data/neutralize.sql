-- A copy takes no file away from the database whose it is.
UPDATE rcep_report_folder
   SET active = FALSE;
