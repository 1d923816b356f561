/*
 * mlango smsc: listens, says what it is, and shows who binds; with -v, every
 * PDU in a line:
 *
 *	20:15:31.042 <- 1 submit_sm 7 15200 > 255712345678 0501=02 "Karibu"
 */
#include <event2/event.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "config/dialects.h"
#include "config/findings.h"
#include "gateway/command.h"
#include "gateway/dialect.h"
#include "gateway/tls.h"
#include "simulator/data.h"
#include "simulator/phones.h"
#include "simulator/smsc.h"
#include "simulator/smsc_command.h"

#define ANSWER_MS 30000

struct options {
	int port;
	const char *dialect;
	const char *dialects;
	const char *phones;
	struct tls_files tls;
	bool verbose;
};

struct carrier {
	struct options options;
	struct arena *arena;
	struct dialects *dialects;
	const struct dialect *dialect;
	struct event_base *base;
	struct smsc_events events;
	struct smsc *smsc;
	struct phones *phones;
	struct tls *tls;
};

static int read_options(int argc, char **argv, struct options *out);
static int read_dialect(struct carrier *o);
static int read_certificate(struct carrier *o);
static int carrier_open(struct carrier *o);
static int carrier_run(struct carrier *o);
static void carrier_close(struct carrier *o);
static void on_stop(evutil_socket_t signal, short what, void *arg);
static void on_bound(void *owner, int bind, const char *system_id);
static void on_unbound(void *owner, int bind, const char *why);
static void on_unsecured(void *owner, int bind, const char *why);
static void on_pdu(
    void *owner, int bind, bool from_esme, const struct pdu *pdu);
static const char *tlvs_shown(struct arena *a, struct pdu_tlvs tlvs);
static void print_time(void);

static const struct smsc_events handsets = {
	.screen = phones_screen,
	.sms = phones_sms,
	.refused = phones_refused,
	.silent = phones_silent,
	.bound = on_bound,
	.unbound = on_unbound,
	.unsecured = on_unsecured,
};

int
smsc_command(int argc, char **argv)
{
	struct carrier o = {
		.options = { .port = 2775, .dialect = "spec" },
		.events = handsets,
	};
	int status = read_options(argc, argv, &o.options);

	if (status != EX_OK)
		return status;
	o.arena = arena_new();
	o.base = event_base_new();
	CHECK(o.base != NULL);
	status = read_dialect(&o);
	if (status == EX_OK)
		status = read_certificate(&o);
	if (status == EX_OK)
		status = carrier_open(&o);
	if (status == EX_OK)
		status = carrier_run(&o);
	carrier_close(&o);
	return status;
}

static int
read_options(int argc, char **argv, struct options *out)
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' },
		{ "dialect", required_argument, NULL, 'd' },
		{ "dialects", required_argument, NULL, 'f' },
		{ "phones", required_argument, NULL, 's' },
		{ "tls-ca", required_argument, NULL, 'A' },
		{ "tls-cert", required_argument, NULL, 'C' },
		{ "tls-key", required_argument, NULL, 'K' },
		{ "verbose", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	char *end = "";
	long port = out->port;
	int c;

	while ((c = getopt_long(argc, argv, "v", options, NULL)) != -1)
		switch (c) {
		case 'p':
			port = strtol(optarg, &end, 10);
			if (end == optarg)
				return command_usage("smsc");
			break;
		case 'd':
			out->dialect = optarg;
			break;
		case 'f':
			out->dialects = optarg;
			break;
		case 's':
			out->phones = optarg;
			break;
		case 'A':
			out->tls.ca = optarg;
			break;
		case 'C':
			out->tls.certificate = optarg;
			break;
		case 'K':
			out->tls.key = optarg;
			break;
		case 'v':
			out->verbose = true;
			break;
		default:
			return command_usage("smsc");
		}
	if (optind != argc || *end != '\0' || port < 0 || port > 65535)
		return command_usage("smsc");
	if ((out->tls.certificate == NULL) != (out->tls.key == NULL) ||
	    (out->tls.ca != NULL && out->tls.certificate == NULL))
		return command_usage("smsc");
	out->port = (int)port;
	return EX_OK;
}

static int
read_dialect(struct carrier *o)
{
	const char *why = "", *path = o->options.dialects;
	struct findings findings;

	if (path == NULL) {
		const char *folder = data_folder(o->arena, &why);

		if (folder == NULL) {
			fprintf(stderr, "mlango: %s\n", why);
			return EX_NOINPUT;
		}
		path = arena_printf(o->arena, "%s/dialects.cfg", folder);
	}
	findings_init(&findings, o->arena);
	o->dialects = dialects_read(path, &findings);
	findings_print(&findings, stderr);
	if (o->dialects == NULL)
		return EX_CONFIG;
	o->dialect = dialects_find(o->dialects, o->options.dialect);
	if (o->dialect != NULL)
		return EX_OK;
	fprintf(stderr, "mlango: there is no dialect '%s' in %s\n",
	    o->options.dialect, path);
	return EX_USAGE;
}

static int
read_certificate(struct carrier *o)
{
	char why[TLS_WHY];

	if (o->options.tls.certificate == NULL)
		return EX_OK;
	o->tls = tls_server(&o->options.tls, why);
	if (o->tls != NULL)
		return EX_OK;
	fprintf(stderr, "mlango: %s\n", why);
	return EX_NOINPUT;
}

static int
carrier_open(struct carrier *o)
{
	struct smsc_settings settings = {
		.port = o->options.port,
		.dialect = o->dialect,
		.answer_ms = ANSWER_MS,
		.tls = o->tls,
	};

	if (o->options.verbose)
		o->events.trace = on_pdu;
	o->smsc = smsc_new(o->base, &settings, &o->events, o);
	if (o->smsc == NULL) {
		fprintf(stderr, "mlango: cannot listen on 127.0.0.1:%d: %m\n",
		    o->options.port);
		return EX_UNAVAILABLE;
	}
	if (o->options.phones == NULL)
		return EX_OK;
	o->phones = phones_new(o->base, o->options.phones, o->smsc);
	if (o->phones != NULL)
		return EX_OK;
	fprintf(stderr, "mlango: cannot listen on %s: %m\n", o->options.phones);
	return EX_UNAVAILABLE;
}

static int
carrier_run(struct carrier *o)
{
	static const int signals[] = { SIGINT, SIGTERM };
	struct event *stops[ARRAY_SIZE(signals)];
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < ARRAY_SIZE(signals); i++) {
		stops[i] = evsignal_new(o->base, signals[i], on_stop, o->base);
		CHECK(stops[i] != NULL);
		event_add(stops[i], NULL);
	}
	printf("an operator of dialect %s listens on 127.0.0.1:%d%s\n",
	    o->dialect->name, smsc_port(o->smsc),
	    o->tls != NULL ? " in TLS" : "");
	if (o->phones != NULL)
		printf(
		    "handsets: mlango phone --phones %s\n", o->options.phones);
	event_base_dispatch(o->base);
	for (i = 0; i < ARRAY_SIZE(signals); i++)
		event_free(stops[i]);
	return EX_OK;
}

static void
carrier_close(struct carrier *o)
{
	phones_free(o->phones);
	smsc_free(o->smsc);
	tls_free(o->tls);
	event_base_free(o->base);
	dialects_free(o->dialects);
	arena_free(o->arena);
}

static void
on_stop(evutil_socket_t signal, short what, void *arg)
{
	(void)signal;
	(void)what;
	event_base_loopbreak(arg);
}

/* ---- for whoever watches */

static void
on_bound(void *owner, int bind, const char *system_id)
{
	(void)owner;
	print_time();
	printf(" bind %d is up: %s\n", bind, system_id);
}

static void
on_unbound(void *owner, int bind, const char *why)
{
	(void)owner;
	print_time();
	printf(" bind %d is down: %s\n", bind, why);
}

static void
on_unsecured(void *owner, int bind, const char *why)
{
	(void)owner;
	print_time();
	printf(" bind %d never came: %s\n", bind, why);
}

static void
on_pdu(void *owner, int bind, bool from_esme, const struct pdu *pdu)
{
	struct carrier *o = owner;
	struct arena *a = arena_new();
	bool message =
	    pdu->dest.digits[0] != '\0' || pdu->source.digits[0] != '\0';

	print_time();
	printf(" %s %d %s %u", from_esme ? "<-" : "->", bind,
	    pdu_command_name(pdu->command), pdu->sequence);
	if (pdu->status != PDU_ROK)
		printf(" %s", pdu_status_name(pdu->status));
	if (pdu->message_id[0] != '\0')
		printf(" id=%s", pdu->message_id);
	if (message)
		printf(" %s > %s", pdu->source.digits, pdu->dest.digits);
	printf("%s", tlvs_shown(a, pdu->tlvs));
	if (message)
		printf(" \"%s\"",
		    phones_escape(a, dialect_text(o->dialect, pdu, a)));
	putchar('\n');
	arena_free(a);
}

static const char *
tlvs_shown(struct arena *a, struct pdu_tlvs tlvs)
{
	const char *shown = "";
	struct pdu_tlv tlv;
	size_t at = 0;
	char *hex;

	while (pdu_tlv_next(tlvs, &at, &tlv)) {
		hex = arena_alloc(a, 2 * (size_t)tlv.len + 1);
		text_to_hex(tlv.value, tlv.len, hex);
		shown = arena_printf(a, "%s %04x=%s", shown, tlv.tag, hex);
	}
	return shown;
}

static void
print_time(void)
{
	int64_t now = clock_wall_ms();
	time_t seconds = (time_t)(now / 1000);
	struct tm local;
	char text[16];

	localtime_r(&seconds, &local);
	strftime(text, sizeof(text), "%H:%M:%S", &local);
	printf("%s.%03d", text, (int)(now % 1000));
}
