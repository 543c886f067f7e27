/* How far an import is: reading counts for three quarters where writing comes afterwards, which is what it takes of the time. */
#include "trace/import/progress.h"

double trace_import_done(const struct trace_import_progress *progress)
{
	uint64_t all = atomic_load(&progress->all), to_write = atomic_load(&progress->to_write);
	if (all == 0)
		return 1;
	double done = (double)atomic_load(&progress->read) / (double)all;
	if (to_write > 0)
		done = done * 3 / 4 +
		       (double)atomic_load(&progress->written) / (double)to_write / 4;
	return done < 1 ? done : 1;
}
