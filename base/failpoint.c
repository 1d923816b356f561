/*
 * Fail points. The process dies by SIGKILL, so nothing of ours gets to tidy
 * up: what a test then finds is what a power cut of the process would leave.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "base/failpoint.h"

struct failure {
	const char *variable;
	int signal;
	const char *place; /* NULL: nowhere */
	size_t len;
	long countdown;
};

bool failpoint_armed;

static struct failure failures[] = {
	{ .variable = "MLANGO_FAIL", .signal = SIGKILL },
	{ .variable = "MLANGO_STOP", .signal = SIGSTOP },
};

void
failpoint_arm(void)
{
	struct failure *f;

	for (f = failures; f < failures + ARRAY_SIZE(failures); f++) {
		f->place = getenv(f->variable);
		if (f->place == NULL || *f->place == '\0')
			continue;
		f->len = strcspn(f->place, ":");
		f->countdown =
		    f->place[f->len] == ':' ? atol(f->place + f->len + 1) : 1;
		failpoint_armed = true;
	}
}

void
failpoint_passed(const char *name)
{
	struct failure *f;

	for (f = failures; f < failures + ARRAY_SIZE(failures); f++)
		if (f->place != NULL && strlen(name) == f->len &&
		    memcmp(name, f->place, f->len) == 0 && --f->countdown == 0)
			kill(getpid(), f->signal);
}
