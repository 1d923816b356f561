/*
 * On a terminal libedit is fed octet by octet from the loop, by the callback
 * interface it shares with readline. Its callback has no argument, so the one
 * terminal stands in a static.
 */
#include <editline/readline.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "simulator/phone_keys.h"

struct phone_keys {
	phone_typed *typed;
	void *arg;
	struct event *readable;
	bool terminal;
	bool regular; /* a file is always readable, and epoll refuses it */
	bool held, ended;
	bool blank; /* the line begins anew */
	struct evbuffer *in;
	char prompt[32];
};

static struct phone_keys *on_terminal;

static void key_pressed(evutil_socket_t fd, short what, void *arg);
static void line_edited(char *line);
static void octets_came(evutil_socket_t fd, short what, void *arg);
static void lines_out(struct phone_keys *k);

struct phone_keys *
phone_keys_new(struct event_base *base, phone_typed *typed, void *arg)
{
	struct phone_keys *k = calloc(1, sizeof(*k));
	struct stat status;

	CHECK(k != NULL);
	k->typed = typed;
	k->arg = arg;
	k->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	k->in = evbuffer_new();
	k->regular =
	    fstat(STDIN_FILENO, &status) == 0 && S_ISREG(status.st_mode);
	k->readable = event_new(base, k->regular ? -1 : STDIN_FILENO,
	    k->regular ? 0 : EV_READ | EV_PERSIST,
	    k->terminal ? key_pressed : octets_came, k);
	CHECK(k->in != NULL && k->readable != NULL);
	if (k->terminal) {
		on_terminal = k;
		rl_catch_signals = 0;
		using_history();
		event_add(k->readable, NULL);
	} else
		phone_keys_hold(k, false);
	return k;
}

void
phone_keys_free(struct phone_keys *k)
{
	if (k->terminal) {
		rl_callback_handler_remove();
		on_terminal = NULL;
	}
	event_free(k->readable);
	evbuffer_free(k->in);
	free(k);
}

bool
phone_keys_on_terminal(const struct phone_keys *k)
{
	return k->terminal;
}

/* ---- a terminal */

static void
key_pressed(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	rl_callback_read_char();
}

static void
line_edited(char *line)
{
	struct phone_keys *k = on_terminal;

	if (line != NULL && line[0] != '\0')
		add_history(line);
	if (line == NULL)
		k->ended = true;
	k->blank = true;
	k->typed(k->arg, line);
	free(line);
}

void
phone_keys_hide(struct phone_keys *k)
{
	if (k->terminal)
		fputs("\r\033[K", stdout);
}

void
phone_keys_show(struct phone_keys *k, const char *prompt)
{
	fflush(stdout);
	if (!k->terminal || k->ended)
		return;
	if (!k->blank && strcmp(k->prompt, prompt) == 0) {
		rl_forced_update_display();
		return;
	}
	snprintf(k->prompt, sizeof(k->prompt), "%s", prompt);
	k->blank = false;
	rl_callback_handler_remove();
	rl_callback_handler_install(k->prompt, line_edited);
}

void
phone_keys_forget(struct phone_keys *k)
{
	k->blank = true;
}

/* ---- a file or a pipe */

void
phone_keys_hold(struct phone_keys *k, bool hold)
{
	if (k->terminal)
		return;
	k->held = hold;
	if (hold) {
		event_del(k->readable);
		return;
	}
	if (!k->regular)
		event_add(k->readable, NULL);
	/* There may be lines already, which nothing else would bring out. */
	event_active(k->readable, EV_TIMEOUT, 0);
}

static void
octets_came(evutil_socket_t fd, short what, void *arg)
{
	struct phone_keys *k = arg;

	(void)fd;
	if (((what & EV_READ) != 0 || k->regular) && !k->ended &&
	    evbuffer_read(k->in, STDIN_FILENO, -1) <= 0) {
		k->ended = true;
		/* The last line may lack its end. */
		if (evbuffer_get_length(k->in) > 0)
			evbuffer_add(k->in, "\n", 1);
	}
	lines_out(k);
}

static void
lines_out(struct phone_keys *k)
{
	char *line;

	while (!k->held &&
	    (line = evbuffer_readln(k->in, NULL, EVBUFFER_EOL_LF)) != NULL) {
		k->typed(k->arg, line);
		free(line);
	}
	if (k->held)
		return;
	if (k->ended) {
		phone_keys_hold(k, true);
		k->typed(k->arg, NULL);
	} else if (k->regular)
		phone_keys_hold(k, false);
}
