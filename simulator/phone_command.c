/*
 * mlango phone: what is typed goes to the operator in a box, what comes back
 * is shown. On a terminal it looks like a phone; else it is a filter, which
 * takes the next line when the one before is answered.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "gateway/command.h"
#include "simulator/phone_command.h"
#include "simulator/phone_display.h"
#include "simulator/phone_keys.h"
#include "simulator/phones.h"

/* An answer by SMS comes when it comes; a filter does not wait for ever. */
#define NUMBER_MAX 15 /* E.164 */
#define SMS_S 10

struct handset {
	const char *socket, *number;
	struct event_base *base;
	struct bufferevent *line;
	struct phone_keys *keys;
	struct event *interrupt, *patience;
	bool unicode;
	bool live; /* a dialogue is open */
	bool asked; /* a filter waits for what this answers */
	int status;
};

static int read_options(int argc, char **argv, struct handset *h);
static int line_reach(struct handset *h);
static void handset_run(struct handset *h);
static void handset_end(struct handset *h, int status);

static void on_typed(void *arg, const char *line);
static void type_line(struct handset *h, const char *line);
static void type_sms(struct handset *h, const char *rest);
static void on_interrupt(evutil_socket_t signal, short what, void *arg);
static void say(struct handset *h, bool waits, const char *format, ...)
    PRINTF_LIKE(3, 4);
static void on_patience(evutil_socket_t fd, short what, void *arg);

static void on_told(struct bufferevent *stream, void *arg);
static void hear(struct handset *h, char *line);
static void hear_screen(struct handset *h, const char *text);
static void hear_end(struct handset *h, const char *text);
static void hear_sms(struct handset *h, const char *text);
static void hear_error(struct handset *h, const char *text);
static void on_lost(struct bufferevent *stream, short what, void *arg);
static void show(
    struct handset *h, const char *title, const char *text, const char *foot);
static void ready(struct handset *h);

static const struct {
	const char *verb;
	void (*hear)(struct handset *h, const char *text);
} told[] = {
	{ "screen", hear_screen },
	{ "end", hear_end },
	{ "sms", hear_sms },
	{ "error", hear_error },
};

int
phone_command(int argc, char **argv)
{
	struct handset h = {
		.socket = getenv("MLANGO_PHONES"),
		.number = "255700000001",
	};
	int status = read_options(argc, argv, &h);

	if (status != EX_OK)
		return status;
	setlocale(LC_CTYPE, "");
	h.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	h.base = event_base_new();
	CHECK(h.base != NULL);
	status = line_reach(&h);
	if (status == EX_OK) {
		handset_run(&h);
		status = h.status;
	}
	event_base_free(h.base);
	return status;
}

static int
read_options(int argc, char **argv, struct handset *h)
{
	static const struct option options[] = {
		{ "phones", required_argument, NULL, 's' },
		{ "number", required_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (c) {
		case 's':
			h->socket = optarg;
			break;
		case 'n':
			h->number = optarg;
			break;
		default:
			return command_usage("phone");
		}
	if (optind != argc || h->socket == NULL || !text_is_digits(h->number) ||
	    strlen(h->number) > NUMBER_MAX)
		return command_usage("phone");
	return EX_OK;
}

static int
line_reach(struct handset *h)
{
	struct sockaddr_un there = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(there.sun_path, sizeof(there.sun_path), "%s", h->socket);
	if (fd == -1 ||
	    connect(fd, (struct sockaddr *)&there, sizeof(there)) == -1) {
		fprintf(stderr,
		    "mlango: no operator at %s: %m\n"
		    "mlango: 'mlango demo' or 'mlango smsc --phones %s' "
		    "starts one\n",
		    h->socket, h->socket);
		if (fd != -1)
			close(fd);
		return EX_UNAVAILABLE;
	}
	evutil_make_socket_nonblocking(fd);
	h->line = bufferevent_socket_new(h->base, fd, BEV_OPT_CLOSE_ON_FREE);
	CHECK(h->line != NULL);
	bufferevent_setcb(h->line, on_told, NULL, on_lost, h);
	bufferevent_enable(h->line, EV_READ | EV_WRITE);
	return EX_OK;
}

static void
handset_run(struct handset *h)
{
	signal(SIGPIPE, SIG_IGN);
	h->interrupt = evsignal_new(h->base, SIGINT, on_interrupt, h);
	h->patience = evtimer_new(h->base, on_patience, h);
	CHECK(h->interrupt != NULL && h->patience != NULL);
	event_add(h->interrupt, NULL);
	h->keys = phone_keys_new(h->base, on_typed, h);
	say(h, false, "hold %s\n", h->number);
	if (phone_keys_on_terminal(h->keys))
		printf("%s: dial a code such as *152*00#, "
		       "x cancels, sms 15200 TEXT, Ctrl-D ends\n",
		    h->number);
	ready(h);
	event_base_dispatch(h->base);
	if (phone_keys_on_terminal(h->keys))
		putchar('\n');
	phone_keys_free(h->keys);
	event_free(h->interrupt);
	event_free(h->patience);
	bufferevent_free(h->line);
}

static void
handset_end(struct handset *h, int status)
{
	if (status != EX_OK)
		h->status = status;
	event_base_loopbreak(h->base);
}

/* ---- what is typed */

static void
on_typed(void *arg, const char *line)
{
	struct handset *h = arg;

	if (line == NULL)
		handset_end(h, EX_OK);
	else
		type_line(h, line);
	if (!h->asked && line != NULL)
		ready(h);
}

static void
type_line(struct handset *h, const char *line)
{
	if (strcmp(line, "x") == 0 && h->live) {
		h->live = false;
		say(h, false, "cancel %s\n", h->number);
	} else if (strncmp(line, "sms ", 4) == 0)
		type_sms(h, line + 4);
	else if (h->live)
		say(h, true, "answer %s %s\n", h->number, line);
	else if (line[0] == '*' || line[0] == '#')
		say(h, true, "dial %s %s\n", h->number, line);
	else if (line[0] != '\0')
		printf("dial a code such as *152*00#, or sms 15200 TEXT\n");
}

static void
type_sms(struct handset *h, const char *rest)
{
	struct timeval patience = { .tv_sec = SMS_S };

	say(h, true, "sms %s %s\n", h->number, rest);
	event_add(h->patience, &patience);
}

/* Ctrl-C closes the dialogue, as the red key does; a second one the phone. */
static void
on_interrupt(evutil_socket_t signal, short what, void *arg)
{
	struct handset *h = arg;

	(void)signal;
	(void)what;
	if (!h->live) {
		handset_end(h, EX_OK);
		return;
	}
	phone_keys_hide(h->keys);
	phone_keys_forget(h->keys);
	puts("cancelled");
	type_line(h, "x");
	ready(h);
}

static void
say(struct handset *h, bool waits, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	evbuffer_add_vprintf(bufferevent_get_output(h->line), format, args);
	va_end(args);
	if (!waits)
		return;
	h->asked = true;
	phone_keys_hold(h->keys, true);
}

static void
on_patience(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	ready(arg);
}

/* ---- what is told */

static void
on_told(struct bufferevent *stream, void *arg)
{
	struct evbuffer *in = bufferevent_get_input(stream);
	struct handset *h = arg;
	char *line;

	while ((line = evbuffer_readln(in, NULL, EVBUFFER_EOL_LF)) != NULL) {
		hear(h, line);
		free(line);
	}
}

/* "screen NUMBER TEXT" and its like. */
static void
hear(struct handset *h, char *line)
{
	struct arena *a = arena_new();
	char *number = line + strcspn(line, " "), *text;
	size_t i;

	number += *number == ' ';
	text = number + strcspn(number, " ");
	text += *text == ' ';
	phone_keys_hide(h->keys);
	for (i = 0; i < ARRAY_SIZE(told); i++) {
		size_t len = strlen(told[i].verb);

		if (strncmp(line, told[i].verb, len) == 0 && line[len] == ' ')
			told[i].hear(h, phones_unescape(a, text));
	}
	ready(h);
	arena_free(a);
}

static void
hear_screen(struct handset *h, const char *text)
{
	h->live = true;
	show(h, h->number, text, "x cancels");
}

static void
hear_end(struct handset *h, const char *text)
{
	h->live = false;
	show(h, h->number, text[0] != '\0' ? text : "(closed)", "end");
}

static void
hear_sms(struct handset *h, const char *text)
{
	size_t from = strcspn(text, " ");
	struct arena *a = arena_new();

	show(h, arena_printf(a, "SMS from %.*s", (int)from, text),
	    text + from + (text[from] == ' '), "");
	arena_free(a);
}

static void
hear_error(struct handset *h, const char *text)
{
	h->live = false;
	if (!phone_keys_on_terminal(h->keys))
		h->status = EX_UNAVAILABLE;
	fprintf(stderr, "mlango: %s\n", text);
}

static void
on_lost(struct bufferevent *stream, short what, void *arg)
{
	struct handset *h = arg;

	(void)stream;
	if ((what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) == 0)
		return;
	phone_keys_hide(h->keys);
	fprintf(stderr, "mlango: the operator at %s is gone\n", h->socket);
	handset_end(h, EX_UNAVAILABLE);
}

static void
show(struct handset *h, const char *title, const char *text, const char *foot)
{
	if (phone_keys_on_terminal(h->keys))
		display_draw(stdout, h->unicode, title, text, foot);
	else if (strcmp(title, h->number) == 0)
		printf("%s\n\n", text);
	else
		printf("%s: %s\n\n", title, text);
}

/* For the next line. */
static void
ready(struct handset *h)
{
	event_del(h->patience);
	h->asked = false;
	phone_keys_show(h->keys, h->live ? "answer> " : "dial> ");
	phone_keys_hold(h->keys, false);
}
