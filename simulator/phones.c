/*
 * The socket is its owner's alone. A line is bounded, and so is what a client
 * may leave unread; who goes beyond is shut out.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "gateway/pdu.h"
#include "simulator/phones.h"
#include "simulator/smsc.h"

#define LINE_MOST   4096
#define UNREAD_MOST (1024 * 1024)

struct phones_client {
	TAILQ_ENTRY(phones_client) entry;
	struct phones *all;
	struct bufferevent *stream;
	struct phone **held;
	size_t count, room;
};

struct phones {
	struct smsc *smsc;
	struct event_base *base;
	struct evconnlistener *listener;
	char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
	TAILQ_HEAD(, phones_client) clients;
};

static bool somebody_answers(const struct sockaddr_un *here);
static int phones_listen(struct phones *all, const struct sockaddr_un *here);
static void client_came(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg);
static void client_said(struct bufferevent *stream, void *arg);
static void client_line(struct phones_client *c, char *line);
static void client_event(struct bufferevent *stream, short what, void *arg);
static void client_gone(struct phones_client *c);
static void client_hold(struct phones_client *c, struct phone *p);
static void client_tell(struct phones_client *c, const char *format, ...)
    PRINTF_LIKE(2, 3);
static char *next_word(char **line);

static int say_hold(struct phone *p, char *rest);
static int say_dial(struct phone *p, char *rest);
static int say_answer(struct phone *p, char *rest);
static int say_cancel(struct phone *p, char *rest);
static int say_sms(struct phone *p, char *rest);

static const struct {
	const char *verb;
	int (*say)(struct phone *p, char *rest);
	const char *failed;
} verbs[] = {
	{ "dial", say_dial, "no operator's bind takes it" },
	{ "answer", say_answer, "no dialogue is open" },
	{ "cancel", say_cancel, "no dialogue is open" },
	{ "sms", say_sms, "no operator's bind takes it" },
	{ "hold", say_hold, "" },
};

struct phones *
phones_new(struct event_base *base, const char *path, struct smsc *s)
{
	struct sockaddr_un here = { .sun_family = AF_UNIX };
	struct phones *all;

	if (strlen(path) >= sizeof(here.sun_path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	snprintf(here.sun_path, sizeof(here.sun_path), "%s", path);
	if (somebody_answers(&here)) {
		errno = EADDRINUSE;
		return NULL;
	}
	all = calloc(1, sizeof(*all));
	CHECK(all != NULL);
	all->base = base;
	all->smsc = s;
	TAILQ_INIT(&all->clients);
	if (phones_listen(all, &here) == -1) {
		free(all);
		return NULL;
	}
	memcpy(all->path, here.sun_path, sizeof(all->path));
	return all;
}

void
phones_free(struct phones *all)
{
	struct phones_client *c;

	if (all == NULL)
		return;
	while ((c = TAILQ_FIRST(&all->clients)) != NULL)
		client_gone(c);
	evconnlistener_free(all->listener);
	unlink(all->path);
	free(all);
}

/* A socket that nobody listens at was left behind, and is in the way. */
static bool
somebody_answers(const struct sockaddr_un *here)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool answers;

	if (fd == -1)
		return false;
	answers =
	    connect(fd, (const struct sockaddr *)here, sizeof(*here)) == 0;
	if (!answers && errno == ECONNREFUSED)
		unlink(here->sun_path);
	close(fd);
	return answers;
}

static int
phones_listen(struct phones *all, const struct sockaddr_un *here)
{
	mode_t before = umask(S_IRWXG | S_IRWXO);

	all->listener = evconnlistener_new_bind(all->base, client_came, all,
	    LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, -1,
	    (const struct sockaddr *)here, sizeof(*here));
	umask(before);
	return all->listener != NULL ? 0 : -1;
}

/* ---- clients */

static void
client_came(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *from, int len, void *arg)
{
	struct phones *all = arg;
	struct phones_client *c = calloc(1, sizeof(*c));

	(void)listener;
	(void)from;
	(void)len;
	CHECK(c != NULL);
	c->all = all;
	c->stream =
	    bufferevent_socket_new(all->base, fd, BEV_OPT_CLOSE_ON_FREE);
	CHECK(c->stream != NULL);
	TAILQ_INSERT_TAIL(&all->clients, c, entry);
	bufferevent_setcb(c->stream, client_said, NULL, client_event, c);
	bufferevent_enable(c->stream, EV_READ | EV_WRITE);
}

static void
client_said(struct bufferevent *stream, void *arg)
{
	struct evbuffer *in = bufferevent_get_input(stream);
	struct phones_client *c = arg;
	char *line;

	while ((line = evbuffer_readln(in, NULL, EVBUFFER_EOL_LF)) != NULL) {
		client_line(c, line);
		free(line);
	}
	if (evbuffer_get_length(in) > LINE_MOST ||
	    evbuffer_get_length(bufferevent_get_output(stream)) > UNREAD_MOST)
		client_gone(c);
}

static void
client_line(struct phones_client *c, char *line)
{
	char *verb = next_word(&line), *number = next_word(&line);
	struct phone *p;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (strcmp(verbs[i].verb, verb) == 0)
			break;
	if (i == ARRAY_SIZE(verbs) || number[0] == '\0') {
		client_tell(c,
		    "error - dial, answer, cancel, sms or hold, "
		    "and a number\n");
		return;
	}
	p = smsc_phone(c->all->smsc, number);
	client_hold(c, p);
	if (verbs[i].say(p, line) == -1)
		client_tell(
		    c, "error %s %s\n", phone_number(p), verbs[i].failed);
}

static char *
next_word(char **line)
{
	char *word = *line;

	*line += strcspn(*line, " ");
	if (**line == ' ')
		*(*line)++ = '\0';
	return word;
}

static void
client_event(struct bufferevent *stream, short what, void *arg)
{
	(void)stream;
	if ((what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) != 0)
		client_gone(arg);
}

static void
client_gone(struct phones_client *c)
{
	size_t i;

	for (i = 0; i < c->count; i++)
		if (phone_owner(c->held[i]) == c)
			phone_set_owner(c->held[i], NULL);
	TAILQ_REMOVE(&c->all->clients, c, entry);
	bufferevent_free(c->stream);
	free(c->held);
	free(c);
}

static void
client_hold(struct phones_client *c, struct phone *p)
{
	size_t i;

	if (phone_owner(p) == c)
		return;
	phone_set_owner(p, c);
	for (i = 0; i < c->count; i++)
		if (c->held[i] == p)
			return;
	if (c->count == c->room) {
		c->room = c->room > 0 ? c->room * 2 : 8;
		c->held = realloc(c->held, c->room * sizeof(*c->held));
		CHECK(c->held != NULL);
	}
	c->held[c->count++] = p;
}

static void
client_tell(struct phones_client *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	evbuffer_add_vprintf(bufferevent_get_output(c->stream), format, args);
	va_end(args);
}

/* ---- what a client says */

static int
say_dial(struct phone *p, char *rest)
{
	return phone_dial(p, rest);
}

static int
say_answer(struct phone *p, char *rest)
{
	struct arena *a = arena_new();
	int result = phone_answer(p, phones_unescape(a, rest));

	arena_free(a);
	return result;
}

static int
say_cancel(struct phone *p, char *rest)
{
	(void)rest;
	return phone_cancel(p);
}

static int
say_sms(struct phone *p, char *rest)
{
	char *to = next_word(&rest);
	struct arena *a = arena_new();
	int result = phone_text(p, to, phones_unescape(a, rest));

	arena_free(a);
	return result;
}

static int
say_hold(struct phone *p, char *rest)
{
	(void)p;
	(void)rest;
	return 0;
}

/* ---- what a client is told */

void
phones_screen(void *owner, struct phone *p, const char *text, bool ended)
{
	struct arena *a;

	(void)owner;
	if (phone_owner(p) == NULL)
		return;
	a = arena_new();
	client_tell(phone_owner(p), "%s %s %s\n", ended ? "end" : "screen",
	    phone_number(p), phones_escape(a, text));
	arena_free(a);
}

void
phones_sms(void *owner, struct phone *p, const char *from, const char *text)
{
	struct arena *a;

	(void)owner;
	if (phone_owner(p) == NULL)
		return;
	a = arena_new();
	client_tell(phone_owner(p), "sms %s %s %s\n", phone_number(p), from,
	    phones_escape(a, text));
	arena_free(a);
}

void
phones_refused(void *owner, struct phone *p, uint32_t status)
{
	(void)owner;
	if (phone_owner(p) != NULL)
		client_tell(phone_owner(p), "error %s refused %s\n",
		    phone_number(p), pdu_status_name(status));
}

void
phones_silent(void *owner, struct phone *p)
{
	(void)owner;
	if (phone_owner(p) != NULL)
		client_tell(phone_owner(p), "error %s no screen came in time\n",
		    phone_number(p));
}

/* ---- lines */

char *
phones_escape(struct arena *a, const char *text)
{
	char *line = arena_alloc(a, 2 * strlen(text) + 1), *out = line;

	for (; *text != '\0'; text++) {
		if (*text == '\n' || *text == '\\')
			*out++ = '\\';
		*out++ = *text == '\n' ? 'n' : *text;
	}
	return line;
}

char *
phones_unescape(struct arena *a, const char *line)
{
	char *text = arena_alloc(a, strlen(line) + 1), *out = text;

	for (; *line != '\0'; line++) {
		if (*line != '\\' || line[1] == '\0')
			*out++ = *line;
		else
			*out++ = *++line == 'n' ? '\n' : *line;
	}
	return text;
}
