/* Messages of a shared view. What is taken as one must be a view that can be written again, to the same bytes. */
#include "tests/fuzz/targets.h"

#include <stdlib.h>
#include <string.h>

#include "viz/classroom/message.h"

void fuzz_message(const uint8_t *bytes, size_t n)
{
	struct viz_message message, again;
	unsigned char written[VIZ_MESSAGE_BYTES], twice[VIZ_MESSAGE_BYTES];
	memset(&message, 0, sizeof message);
	memset(&again, 0, sizeof again);
	if (!viz_message_read(&message, bytes, n))
		return;
	viz_message_write(&message, written);
	if (!viz_message_read(&again, written, sizeof written))
		abort();
	viz_message_write(&again, twice);
	if (memcmp(written, twice, sizeof written) != 0)
		abort();
}

FUZZ_ENTRY(fuzz_message)
