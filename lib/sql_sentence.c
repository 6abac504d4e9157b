/* What a failure of an engine is called, the same on each of them. */
#include "lib/sql_driver.h"
#include "lib/tongue.h"

const char *
sql_sentence(enum mr_status status)
{
	static const char *const said[MR_NSTATUS] = {
	    [MR_BUSY] = MR_SAID("another program is writing to the database; "
				"try again in a moment"),
	    [MR_READONLY] = MR_SAID(
		"the database file cannot be written; check who owns it and "
		"whether the disk is mounted for reading only"),
	    [MR_FULL] = MR_SAID("the disk is full; nothing was changed; free "
				"some space and do it again"),
	    [MR_DAMAGED] = MR_SAID(
		"the database file is damaged or no database; stop, keep the "
		"file and restore the last backup"),
	    [MR_IO] = MR_SAID("the disk refused to read or write the database"),
	    [MR_NOMEM] = MR_SAID("memory ran out"),
	    [MR_UNIQUE] = MR_SAID("it is there already"),
	    [MR_LOST] = MR_SAID("the connection to the database was lost; "
				"nothing was changed; do it again"),
	    [MR_UNCERTAIN] = MR_SAID(
		"the connection to the database was lost while the change was "
		"being kept; look whether it is there before you do it again"),
	};

	return said[status] != NULL
	    ? said[status]
	    : MR_SAID("the database refused a statement of the program");
}
