/*
 * The two ways in which a process ends on purpose: a CHECK that does not hold
 * and a fail point. Each is tried in a child.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/failpoint.h"

/* Fills SAID with what the child told on standard error; its wait status. */
static int
run_child(void (*child)(void), char *said, size_t size)
{
	int ends[2], status;
	size_t len = 0;
	ssize_t got;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		/* cmocka would take an abort for a failure of the test. */
		signal(SIGABRT, SIG_DFL);
		child();
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], said + len, size - 1 - len)) > 0)
		len += (size_t)got;
	said[len] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
break_a_truth(void)
{
	int one = 1;

	CHECK(one == 1);
	CHECK(one == 2);
}

static void
a_check_that_fails_says_where_and_what(void **state)
{
	char said[512];
	int status = run_child(break_a_truth, said, sizeof(said));

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	assert_non_null(strstr(said, "ending_test.c:"));
	assert_non_null(strstr(said, "this must hold and does not: one == 2"));
}

static void
ask_for_more_than_there_is(void)
{
	arena_array(arena_new(), (size_t)-1 / 2, 8);
}

static void
an_overflowing_array_ends_the_process(void **state)
{
	char said[512];
	int status = run_child(ask_for_more_than_there_is, said, sizeof(said));

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_non_null(strstr(said, "arena.c:"));
}

/* Three passes by one place and one by another, told one by one. */
static void
pass_by(void)
{
	int i;

	failpoint_arm();
	for (i = 0; i < 3; i++) {
		fputc('.', stderr);
		FAILPOINT("test.often");
	}
	FAILPOINT("test.once");
	fputc('!', stderr);
}

static void
a_fail_point_kills_the_time_it_was_told(void **state)
{
	static const struct {
		const char *wanted;
		const char *said;
	} cases[] = {
		{ "test.often", "." },
		{ "test.often:1", "." },
		{ "test.often:3", "..." },
		{ "test.often:4", "...!" },
		{ "test.once", "..." },
		{ "test.on", "...!" },
		{ "test.once.more", "...!" },
		{ "", "...!" },
	};
	char said[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		bool survives = strchr(cases[i].said, '!') != NULL;
		int status;

		setenv("MLANGO_FAIL", cases[i].wanted, 1);
		status = run_child(pass_by, said, sizeof(said));
		assert_string_equal(said, cases[i].said);
		assert_int_equal(WIFSIGNALED(status), !survives);
		if (!survives)
			assert_int_equal(WTERMSIG(status), SIGKILL);
	}
	unsetenv("MLANGO_FAIL");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_check_that_fails_says_where_and_what),
		cmocka_unit_test(an_overflowing_array_ends_the_process),
		cmocka_unit_test(a_fail_point_kills_the_time_it_was_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
