/*
 * A redis-server of the test's own: on a Unix socket, in a folder of its own,
 * and gone with the test.
 */
#ifndef TESTS_UNIT_REDIS_FIXTURE_H
#define TESTS_UNIT_REDIS_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <event2/event.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/check.h"
#include "config/settings.h"

struct redis_fixture {
	struct event_base *base;
	struct redis_settings settings; /* fit for that server */
	char folder[64];
	char socket[80];
	pid_t server;
};

/* Prints a TAP skip and ends the program when there is no redis-server. */
void redis_fixture_need(void);

void redis_fixture_start(struct redis_fixture *f);
void redis_fixture_stop(struct redis_fixture *f);

/* The server alone: started with what it stored, killed by SIGKILL. */
void redis_fixture_run(struct redis_fixture *f);
void redis_fixture_kill(struct redis_fixture *f);

/* What redis-cli answers to a command, without the last line feed; valid
 * until the next call. Spaces part arguments. */
const char *redis_fixture_cli(struct redis_fixture *f, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Runs the loop until TRUTH holds; the test fails when it does not within
 * ten seconds. */
void redis_fixture_until(
    struct redis_fixture *f, bool (*truth)(void *arg), void *arg);

#endif
