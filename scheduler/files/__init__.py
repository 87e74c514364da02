"""Problems and rosters from and to files: workbooks, JSON, calendars, slips."""
