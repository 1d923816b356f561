/*
 * Handsets over a socket: the lines themselves, and `mlango phone` at the
 * other end, as a filter and on a terminal.
 */
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "simulator/phones.h"
#include "tests/unit/box.h"

struct desk {
	struct box *box;
	struct phones *phones;
	char folder[32], path[64];
	int fd; /* a client's end of the socket */
	char heard[16384]; /* by it, or from a child */
	size_t len;
};

static const struct smsc_events events = {
	.screen = phones_screen,
	.sms = phones_sms,
	.refused = phones_refused,
};

static struct desk *
a_desk(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));
	struct smsc_settings settings = { .answer_ms = 5000 };

	d->box = a_spec_box(state, 1);
	settings.port = d->box->settings[0].port;
	settings.dialect = d->box->dialect;
	smsc_free(d->box->smsc);
	d->box->smsc = smsc_new(d->box->base, &settings, &events, d);
	assert_non_null(d->box->smsc);
	snprintf(d->folder, sizeof(d->folder), "/tmp/mlango-desk-XXXXXX");
	assert_non_null(mkdtemp(d->folder));
	snprintf(d->path, sizeof(d->path), "%s/phones", d->folder);
	d->phones = phones_new(d->box->base, d->path, d->box->smsc);
	assert_non_null(d->phones);
	d->fd = -1;
	UNTIL(d->box, smsc_binds(d->box->smsc) == 1);
	return d;
}

static void
a_desk_free(struct desk *d)
{
	if (d->fd != -1)
		close(d->fd);
	phones_free(d->phones);
	a_box_free(d->box);
	rmdir(d->folder);
	free(d);
}

static void
connect_to(struct desk *d)
{
	struct sockaddr_un there = { .sun_family = AF_UNIX };

	snprintf(there.sun_path, sizeof(there.sun_path), "%s", d->path);
	d->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_int_equal(
	    connect(d->fd, (struct sockaddr *)&there, sizeof(there)), 0);
}

static bool
has_heard(struct desk *d, const char *words)
{
	ssize_t got =
	    read(d->fd, d->heard + d->len, sizeof(d->heard) - 1 - d->len);

	if (got > 0)
		d->len += (size_t)got;
	d->heard[d->len] = '\0';
	return strstr(d->heard, words) != NULL;
}

static void
type(struct desk *d, const char *keys)
{
	assert_int_equal(write(d->fd, keys, strlen(keys)), strlen(keys));
}

/* ---- the lines */

static void
text_goes_through_a_line_whatever_it_holds(void **state)
{
	static const char *const texts[] = {
		"",
		"plain",
		"two\nlines",
		"back\\slash",
		"\\n",
		"\n\\\n",
		"end\\",
	};
	struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		char *line = phones_escape(a, texts[i]);

		assert_null(strchr(line, '\n'));
		assert_string_equal(phones_unescape(a, line), texts[i]);
	}
	assert_string_equal(phones_unescape(a, "odd\\"), "odd\\");
	arena_free(a);
}

static void
a_client_dials_answers_cancels_and_texts(void **state)
{
	struct desk *d = a_desk(state);

	connect_to(d);
	type(d, "dial 255712345678 *152*00#\n");
	UNTIL(d->box, has_heard(d, "screen 255712345678 You said *152*00#\n"));
	type(d, "answer 255712345678 a\\\\b\n");
	UNTIL(d->box, has_heard(d, "screen 255712345678 You said a\\\\b\n"));
	type(d, "cancel 255712345678\nanswer 255712345678 1\n");
	UNTIL(d->box, has_heard(d, "error 255712345678 no dialogue is open\n"));
	type(d, "dial 255712345678 *1#\n");
	UNTIL(d->box, has_heard(d, "You said *1#\n"));
	type(d, "answer 255712345678 0\n");
	UNTIL(d->box, has_heard(d, "end 255712345678 You said 0\n"));
	type(d, "sms 255712345678 15200 NAULI DAR\n");
	UNTIL(d->box, d->box->sms_in == 1);
	assert_string_equal(d->box->sms, "NAULI DAR");
	a_desk_free(d);
}

static void
a_client_that_makes_no_sense_is_told_and_one_without_end_shut_out(void **state)
{
	struct desk *d = a_desk(state);
	char endless[5000];

	connect_to(d);
	type(d, "sing 255712345678\n");
	UNTIL(d->box, has_heard(d, "error - "));
	memset(endless, 'x', sizeof(endless));
	endless[sizeof(endless) - 1] = '\0';
	type(d, endless);
	UNTIL(d->box, read(d->fd, endless, sizeof(endless)) == 0);
	a_desk_free(d);
}

static void
a_handset_belongs_to_whoever_spoke_for_it_last(void **state)
{
	struct desk *d = a_desk(state);
	int first;

	connect_to(d);
	type(d, "dial 255712345678 *1#\n");
	UNTIL(d->box, has_heard(d, "screen"));
	first = d->fd;
	connect_to(d);
	d->len = 0;
	type(d, "answer 255712345678 1\n");
	UNTIL(d->box, has_heard(d, "You said 1\n"));
	assert_int_equal(read(first, d->heard, sizeof(d->heard)), -1);
	close(first);
	type(d, "answer 255712345678 2\n");
	UNTIL(d->box, has_heard(d, "You said 2\n"));
	a_desk_free(d);
}

static void
a_socket_is_its_owners_and_taken_over_only_when_left_behind(void **state)
{
	struct desk *d = a_desk(state);
	struct sockaddr_un there = { .sun_family = AF_UNIX };
	struct stat status;
	int left = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_int_equal(stat(d->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_null(phones_new(d->box->base, d->path, d->box->smsc));
	assert_int_equal(errno, EADDRINUSE);
	phones_free(d->phones);
	assert_int_equal(stat(d->path, &status), -1);
	snprintf(there.sun_path, sizeof(there.sun_path), "%s", d->path);
	assert_int_equal(
	    bind(left, (struct sockaddr *)&there, sizeof(there)), 0);
	close(left);
	d->phones = phones_new(d->box->base, d->path, d->box->smsc);
	assert_non_null(d->phones);
	a_desk_free(d);
}

/* ---- mlango phone */

static void
be_a_phone(struct desk *d)
{
	const char *folder = getenv("MLANGO_BUILDDIR");
	char program[4096];

	snprintf(program, sizeof(program), "%s/mlango",
	    folder != NULL ? folder : ".");
	setenv("TERM", "xterm", 1);
	setenv("LC_ALL", "C", 1);
	execl(program, "mlango", "phone", "--phones", d->path, "--number",
	    "255712345678", (char *)NULL);
	_exit(127);
}

static int
ended(pid_t child)
{
	int status;

	return waitpid(child, &status, WNOHANG) == child ? WEXITSTATUS(status)
							 : -1;
}

static void
a_filter_takes_the_next_line_when_the_one_before_is_answered(void **state)
{
	struct desk *d = a_desk(state);
	int in[2], out[2], status = -1;
	pid_t child;

	assert_int_equal(pipe(in) | pipe(out), 0);
	child = fork();
	if (child == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[1]);
		be_a_phone(d);
	}
	close(in[0]);
	close(out[1]);
	d->fd = in[1];
	type(d, "*152*00#\n7\nx\n*1#\n0");
	close(in[1]);
	d->fd = out[0];
	UNTIL(d->box, (status = ended(child)) != -1);
	UNTIL(d->box, has_heard(d, "You said 0\n\n"));
	assert_string_equal(d->heard,
	    "You said *152*00#\n\nYou said 7\n\n"
	    "You said *1#\n\nYou said 0\n\n");
	assert_int_equal(status, EX_OK);
	assert_int_equal(d->box->aborts, 1);
	a_desk_free(d);
}

static void
a_terminal_shows_a_phone(void **state)
{
	struct desk *d = a_desk(state);
	int status = -1;
	pid_t child = forkpty(&d->fd, NULL, NULL, NULL);

	if (child == 0)
		be_a_phone(d);
	/* A bare chroot has no /dev/pts, and so no terminal to be had. */
	if (child == -1) {
		print_message("# no pseudo-terminal here: not tried\n");
		a_desk_free(d);
		return;
	}
	fcntl(d->fd, F_SETFL, O_NONBLOCK);
	UNTIL(d->box, has_heard(d, "dial> "));
	type(d, "*152*00#\r");
	UNTIL(d->box, has_heard(d, "| You said *152*00#              |"));
	UNTIL(d->box, has_heard(d, "answer> "));
	d->len = 0;
	type(d, "25\177\r"); /* and the 5 is rubbed out */
	UNTIL(d->box, has_heard(d, "| You said 2 "));
	UNTIL(d->box, has_heard(d, "answer> "));
	d->len = 0;
	type(d, "\003");
	UNTIL(d->box, has_heard(d, "cancelled") && d->box->aborts == 1);
	UNTIL(d->box, has_heard(d, "dial> "));
	type(d, "\004");
	UNTIL(d->box, (status = ended(child)) != -1);
	assert_int_equal(status, EX_OK);
	a_desk_free(d);
}

static void
a_phone_without_an_operator_says_so(void **state)
{
	struct desk *d = a_desk(state);
	int err[2], status = -1;
	pid_t child;

	phones_free(d->phones);
	assert_int_equal(pipe(err), 0);
	child = fork();
	if (child == 0) {
		dup2(err[1], STDERR_FILENO);
		be_a_phone(d);
	}
	close(err[1]);
	d->fd = err[0];
	UNTIL(d->box, has_heard(d, "no operator at"));
	UNTIL(d->box, (status = ended(child)) != -1);
	assert_int_equal(status, EX_UNAVAILABLE);
	d->phones = NULL;
	a_desk_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_goes_through_a_line_whatever_it_holds),
		cmocka_unit_test(a_client_dials_answers_cancels_and_texts),
		cmocka_unit_test(
		    a_client_that_makes_no_sense_is_told_and_one_without_end_shut_out),
		cmocka_unit_test(
		    a_handset_belongs_to_whoever_spoke_for_it_last),
		cmocka_unit_test(
		    a_socket_is_its_owners_and_taken_over_only_when_left_behind),
		cmocka_unit_test(
		    a_filter_takes_the_next_line_when_the_one_before_is_answered),
		cmocka_unit_test(a_terminal_shows_a_phone),
		cmocka_unit_test(a_phone_without_an_operator_says_so),
	};

	return cmocka_run_group_tests(
	    tests, dialect_files_open, dialect_files_close);
}
