/*
 * A disk that fails: SQLite's own file layer with a counter in front.  From
 * the k-th write, sync or truncation on (or at it alone) the call fails with
 * the code that a full or broken disk gives.
 */
#ifndef TEST_SHIM_H
#define TEST_SHIM_H

#include <sqlite3.h>
#include <string.h>

static struct {
	sqlite3_vfs vfs, *real;
	int at;       /* fail at this call, from 1; 0: never */
	int sticky;   /* and at every one after */
	int code;     /* SQLITE_FULL, SQLITE_IOERR_WRITE, ... */
	int calls;    /* since it was armed */
	int failed;   /* how many were made to fail */
	int readonly; /* the disk is mounted for reading only */
} shim;

struct shim_file {
	sqlite3_file base;
	sqlite3_file *real;
};

#define SHIM_REAL(file) (((struct shim_file *)(file))->real)

static inline int
shim_fails(void)
{
	shim.calls++;
	if (shim.at == 0 || shim.calls < shim.at ||
	    (shim.calls > shim.at && !shim.sticky))
		return 0;
	shim.failed++;
	return 1;
}

static inline int
shim_close(sqlite3_file *f)
{
	return SHIM_REAL(f)->pMethods->xClose(SHIM_REAL(f));
}

static inline int
shim_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return SHIM_REAL(f)->pMethods->xRead(SHIM_REAL(f), to, n, at);
}

static inline int
shim_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	/* Half of it is there: a torn write. */
	if (shim_fails()) {
		(void)SHIM_REAL(f)->pMethods->xWrite(
		    SHIM_REAL(f), from, n / 2, at);
		return shim.code;
	}
	return SHIM_REAL(f)->pMethods->xWrite(SHIM_REAL(f), from, n, at);
}

static inline int
shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (shim_fails())
		return SQLITE_IOERR_TRUNCATE;
	return SHIM_REAL(f)->pMethods->xTruncate(SHIM_REAL(f), size);
}

static inline int
shim_sync(sqlite3_file *f, int flags)
{
	(void)f, (void)flags;
	/* A real sync would only wear out the disk under the tests. */
	return shim_fails() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

#define SHIM_PASS(name, args, ...) \
	static inline int shim_##name args \
	{ \
		return SHIM_REAL(f)->pMethods->__VA_ARGS__; \
	}
SHIM_PASS(
    size, (sqlite3_file * f, sqlite3_int64 *n), xFileSize(SHIM_REAL(f), n))
SHIM_PASS(lock, (sqlite3_file * f, int how), xLock(SHIM_REAL(f), how))
SHIM_PASS(unlock, (sqlite3_file * f, int how), xUnlock(SHIM_REAL(f), how))
SHIM_PASS(
    reserved, (sqlite3_file * f, int *is), xCheckReservedLock(SHIM_REAL(f), is))
SHIM_PASS(control, (sqlite3_file * f, int op, void *arg),
    xFileControl(SHIM_REAL(f), op, arg))
SHIM_PASS(sector, (sqlite3_file * f), xSectorSize(SHIM_REAL(f)))
SHIM_PASS(device, (sqlite3_file * f), xDeviceCharacteristics(SHIM_REAL(f)))
SHIM_PASS(map,
    (sqlite3_file * f, int page, int size, int extend, void volatile **at),
    xShmMap(SHIM_REAL(f), page, size, extend, at))
SHIM_PASS(shm_lock, (sqlite3_file * f, int at, int n, int flags),
    xShmLock(SHIM_REAL(f), at, n, flags))
SHIM_PASS(unmap, (sqlite3_file * f, int gone), xShmUnmap(SHIM_REAL(f), gone))

static inline void
shim_barrier(sqlite3_file *f)
{
	SHIM_REAL(f)->pMethods->xShmBarrier(SHIM_REAL(f));
}

static const sqlite3_io_methods shim_methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_device,
    .xShmMap = shim_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_barrier,
    .xShmUnmap = shim_unmap,
};

static inline int
shim_open(
    sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct shim_file *file = (struct shim_file *)f;
	int rc;

	(void)vfs;
	memset(file, 0, sizeof(*file));
	if (shim.readonly && flags & SQLITE_OPEN_MAIN_DB) {
		flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
		flags |= SQLITE_OPEN_READONLY;
	}
	file->real = (sqlite3_file *)(file + 1);
	rc = shim.real->xOpen(shim.real, name, file->real, flags, out);
	if (file->real->pMethods != NULL)
		file->base.pMethods = &shim_methods;
	return rc;
}

/* Every database opened from now on lies on that disk. */
static inline int
shim_install(void)
{
	shim.real = sqlite3_vfs_find(NULL);
	if (shim.real == NULL)
		return -1;
	shim.vfs = *shim.real;
	shim.vfs.pNext = NULL;
	shim.vfs.zName = "failing";
	shim.vfs.szOsFile = (int)sizeof(struct shim_file) + shim.real->szOsFile;
	shim.vfs.xOpen = shim_open;
	return sqlite3_vfs_register(&shim.vfs, 1);
}

static inline void
shim_arm(int at, int sticky, int code)
{
	shim.at = at;
	shim.sticky = sticky;
	shim.code = code;
	shim.calls = shim.failed = 0;
}

#endif
