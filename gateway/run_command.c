/*
 * mlango run: the daemon, from its files to its last log line.
 *
 * Everything is read and proved before anything is opened; TERM and INT
 * drain, a second one ends it at once, HUP reads the menus again, and USR1
 * opens the log again after somebody moved it away.
 */
#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "base/log.h"
#include "config/settings.h"
#include "gateway/command.h"
#include "gateway/control.h"
#include "gateway/gateway.h"
#include "gateway/link_tls.h"
#include "gateway/reload.h"
#include "gateway/run_command.h"
#include "menus/catalogue.h"

struct plan {
	const char *file;
	const char *explain;
	bool dump;
};

static int read_arguments(int argc, char **argv, struct plan *plan);
static int read_files(const struct plan *plan, struct settings **settings,
    struct catalogue **catalogue);
static struct settings *read_settings(const char *path, struct findings *f);
static int serve(struct settings *settings, struct catalogue *catalogue);
static int take_orders(struct gateway *g);
static struct event *hear(
    struct event_base *base, int signal, event_callback_fn heard, void *arg);
static void on_stop(evutil_socket_t signal, short what, void *arg);
static void on_reload(evutil_socket_t signal, short what, void *arg);
static void on_reopen(evutil_socket_t signal, short what, void *arg);

int
run_command(int argc, char **argv)
{
	struct catalogue *catalogue;
	struct settings *settings;
	struct plan plan = { 0 };
	int status = read_arguments(argc, argv, &plan);

	if (status != EX_OK)
		return status;
	if (plan.explain != NULL) {
		if (settings_explain(plan.explain, stdout) == 0)
			return EX_OK;
		fprintf(
		    stderr, "mlango: there is no setting '%s'\n", plan.explain);
		return EX_USAGE;
	}
	status = read_files(&plan, &settings, &catalogue);
	if (status != EX_OK)
		return status;
	if (plan.dump) {
		settings_dump(settings, stdout);
		catalogue_free(catalogue);
		settings_free(settings);
		return EX_OK;
	}
	return serve(settings, catalogue);
}

static int
read_arguments(int argc, char **argv, struct plan *plan)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "dump-config", no_argument, NULL, 'd' },
		{ "explain", required_argument, NULL, 'e' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "c:", options, NULL)) != -1)
		switch (c) {
		case 'c':
			plan->file = optarg;
			break;
		case 'd':
			plan->dump = true;
			break;
		case 'e':
			plan->explain = optarg;
			break;
		default:
			return command_usage("run");
		}
	if (optind != argc || (plan->file == NULL && plan->explain == NULL))
		return command_usage("run");
	return EX_OK;
}

/* An institution with an error is left out and hurts nobody; anything else
 * that is wrong keeps the daemon from starting. */
static int
read_files(const struct plan *plan, struct settings **settings,
    struct catalogue **catalogue)
{
	struct arena *a = arena_new();
	struct findings f;
	int septets, ucs2, status = EX_OK;

	findings_init(&f, a);
	*catalogue = NULL;
	*settings = read_settings(plan->file, &f);
	if (*settings == NULL)
		status =
		    access(plan->file, F_OK) == -1 ? EX_NOINPUT : EX_CONFIG;
	else {
		settings_screen(*settings, &septets, &ucs2);
		*catalogue =
		    catalogue_read((*settings)->menus, septets, ucs2, &f);
		if (*catalogue == NULL) {
			status = EX_DATAERR;
			settings_free(*settings);
		}
	}
	findings_print(&f, stderr);
	arena_free(a);
	return status;
}

static struct settings *
read_settings(const char *path, struct findings *f)
{
	struct settings *s = settings_read(path, f);

	if (s == NULL)
		return NULL;
	link_tls_prove(s, f);
	if (f->errors == 0)
		return s;
	settings_free(s);
	return NULL;
}

static int
serve(struct settings *settings, struct catalogue *catalogue)
{
	struct event_base *base = event_base_new();
	struct event *term, *interrupt, *reopen, *reload;
	struct gateway *g;
	int status;

	log_setup(settings->log_level, settings->log_form);
	if (settings->log_file != NULL && log_open(settings->log_file) == -1) {
		fprintf(stderr, "mlango: cannot open the log %s: %m\n",
		    settings->log_file);
		return EX_CANTCREAT;
	}
	CHECK(base != NULL);
	failpoint_arm();
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_DUMPABLE, 0); /* a core would hold numbers and texts */

	g = gateway_new(base, settings, catalogue);
	term = hear(base, SIGTERM, on_stop, g);
	interrupt = hear(base, SIGINT, on_stop, g);
	reopen = hear(base, SIGUSR1, on_reopen, settings);
	reload = hear(base, SIGHUP, on_reload, g);
	log_line(LOG_LEVEL_NOTICE, "mlango",
	    "starting version=%s node=%s links=%zu codec=\"%s\"",
	    PACKAGE_VERSION, settings->node, settings->link_count, pdu_codec());
	status = take_orders(g);
	if (status == EX_OK) {
		gateway_start(g);
		event_base_dispatch(base);
	}
	log_line(LOG_LEVEL_NOTICE, "mlango", "stopped");
	gateway_free(g);
	event_free(term);
	event_free(interrupt);
	event_free(reopen);
	event_free(reload);
	event_base_free(base);
	settings_free(settings);
	return status;
}

/* Where another gateway answers there must not be a second one; and a path
 * that was chosen must be had. */
static int
take_orders(struct gateway *g)
{
	const char *why = "";

	g->control = control_new(g, &why);
	if (g->control != NULL)
		return EX_OK;
	if (errno != EADDRINUSE && !g->settings->control_named) {
		log_line(LOG_LEVEL_WARNING, "control", "no orders: %s", why);
		return EX_OK;
	}
	log_line(LOG_LEVEL_ERROR, "control", "%s", why);
	fprintf(stderr, "mlango: %s\n", why);
	return EX_CANTCREAT;
}

static struct event *
hear(struct event_base *base, int signal, event_callback_fn heard, void *arg)
{
	struct event *e = evsignal_new(base, signal, heard, arg);

	CHECK(e != NULL);
	event_add(e, NULL);
	return e;
}

static void
on_stop(evutil_socket_t number, short what, void *arg)
{
	struct gateway *g = arg;

	(void)number;
	(void)what;
	if (g->stopping)
		_exit(EX_OK);
	gateway_stop(g);
}

static void
on_reload(evutil_socket_t number, short what, void *arg)
{
	struct gateway *g = arg;

	(void)number;
	(void)what;
	reload_ask(g->reload);
}

static void
on_reopen(evutil_socket_t number, short what, void *arg)
{
	const struct settings *s = arg;

	(void)number;
	(void)what;
	if (s->log_file != NULL && log_open(s->log_file) == -1)
		log_line(LOG_LEVEL_WARNING, "mlango",
		    "the log cannot be opened again file=%s: %s", s->log_file,
		    strerror(errno));
}
