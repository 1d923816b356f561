/*
 * Fail points. The process dies by SIGKILL, so nothing of ours gets to tidy
 * up: what a test then finds is what a power cut of the process would leave.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/failpoint.h"

bool failpoint_armed;

static const char *wanted;
static size_t wanted_len;
static long countdown;

void
failpoint_arm(void)
{
	const char *colon;

	wanted = getenv("MLANGO_FAIL");
	if (wanted == NULL || *wanted == '\0')
		return;
	colon = strchr(wanted, ':');
	wanted_len = colon != NULL ? (size_t)(colon - wanted) : strlen(wanted);
	countdown = colon != NULL ? atol(colon + 1) : 1;
	failpoint_armed = true;
}

void
failpoint_passed(const char *name)
{
	if (strlen(name) != wanted_len || memcmp(name, wanted, wanted_len) != 0)
		return;
	if (--countdown == 0)
		kill(getpid(), SIGKILL);
}
