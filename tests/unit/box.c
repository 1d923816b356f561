/*
 * The application and the handset, as plain as can be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "gateway/dialect.h"
#include "tests/unit/box.h"

/* ---- the application: says what it heard, and ends at 0 */

void
answered(void *arg, const struct link_answer *answer)
{
	struct box *b = arg;

	b->answers++;
	b->answer_status = answer->status;
}

static void
reply(struct box *b, struct link *l, enum ussd_action action,
    const struct ussd_ref *ref, const char *text, struct arena *a)
{
	struct ussd_reply out;
	size_t i;

	assert_int_equal(
	    dialect_write(b->dialect, action, ref, text, a, &out), 0);
	for (i = 0; i < out.count; i++)
		link_submit(l,
		    &(struct link_order){
			.class = LINK_CLASS_IN_SESSION, .live_ms = 5000 },
		    &out.pdus[i], answered, b);
}

static void
play(struct box *b, struct link *l, const struct ussd_event *e,
    enum ussd_event_kind kind, struct arena *a)
{
	char text[100];

	if (e->wants_release) {
		reply(b, l, USSD_RELEASE, &e->ref, "", a);
		return;
	}
	b->begins += kind == USSD_BEGIN;
	b->inputs += kind == USSD_INPUT;
	b->aborts += kind == USSD_ABORT || kind == USSD_END;
	snprintf(b->last, sizeof(b->last), "%s",
	    kind == USSD_BEGIN ? e->code : e->input);
	snprintf(text, sizeof(text), "You said %s", b->last);
	if (b->mute || (kind != USSD_BEGIN && kind != USSD_INPUT))
		return;
	reply(b, l, strcmp(e->input, "0") == 0 ? USSD_CLOSE : USSD_CONTINUE,
	    &e->ref, text, a);
}

static void
requested(void *owner, struct link *l, const struct link_request *r)
{
	const struct pdu *pdu = r->pdu;
	struct box *b = owner;
	struct arena *a = arena_new();
	struct ussd_event event;
	enum dialect_verdict verdict = dialect_read(b->dialect, pdu, a, &event);

	assert_true(r->octets != NULL && r->len > 0);
	assert_true(verdict != DIALECT_BAD);
	b->sequence = pdu->sequence;
	b->generation = r->generation;
	link_respond(
	    l, r->generation, pdu->command, pdu->sequence, b->acknowledges);
	if (b->acknowledges != PDU_ROK)
		;
	else if (verdict == DIALECT_USSD)
		play(b, l, &event,
		    b->begins == 0 ? event.kind_if_new : event.kind_if_known,
		    a);
	else if (pdu->esm_class == 0x04) {
		b->receipts++;
		snprintf(b->receipt, sizeof(b->receipt), "%.*s",
		    (int)pdu->text_len, (const char *)pdu->text);
	} else {
		b->sms_in++;
		snprintf(b->sms, sizeof(b->sms), "%s",
		    dialect_text(b->dialect, pdu, a));
	}
	arena_free(a);
}

static void
changed(void *owner, struct link *l, enum bind_state now)
{
	(void)owner;
	(void)l;
	(void)now;
}

static const struct link_events link_events = { requested, changed };

/* ---- the handset */

static void
on_screen(void *owner, struct phone *p, const char *text, bool ended)
{
	struct box *b = owner;

	assert_ptr_equal(p, b->phone);
	snprintf(b->screen, sizeof(b->screen), "%s", text);
	b->ended = ended;
	b->screens++;
}

static void
on_sms(void *owner, struct phone *p, const char *from, const char *text)
{
	struct box *b = owner;

	(void)p;
	snprintf(b->sms, sizeof(b->sms), "%s", text);
	snprintf(b->from, sizeof(b->from), "%s", from);
	b->texts++;
}

static void
on_refused(void *owner, struct phone *p, uint32_t status)
{
	struct box *b = owner;

	(void)p;
	b->status = status;
	b->refusals++;
}

static void
on_silent(void *owner, struct phone *p)
{
	struct box *b = owner;

	(void)p;
	b->silences++;
}

const struct smsc_events box_events = {
	.screen = on_screen,
	.sms = on_sms,
	.refused = on_refused,
	.silent = on_silent,
};

static void
on_pulse(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

struct box *
a_box(const struct dialect *d, int binds)
{
	static const char *const hosts[] = { "127.0.0.1", NULL };
	struct timeval often = { .tv_usec = 5000 };
	struct box *b = calloc(1, sizeof(*b));
	struct smsc_settings settings = { .dialect = d, .answer_ms = 5000 };
	int i;

	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
	b->base = event_base_new();
	b->dialect = d;
	b->pulse = event_new(b->base, -1, EV_PERSIST, on_pulse, NULL);
	event_add(b->pulse, &often);
	b->smsc = smsc_new(b->base, &settings, &box_events, b);
	assert_non_null(b->smsc);
	for (i = 0; i < binds; i++) {
		b->settings[i] = (struct link_settings){
			.name = "box",
			.hosts = hosts,
			.port = smsc_port(b->smsc),
			.system_id = "mlango",
			.password = "x",
			.system_type = "",
			.address_range = "",
			.interface_version = 0x34,
			.window = 10,
			.binds = 1,
			.enquire_s = 30,
			.response_ms = 5000,
			.connect_ms = 1000,
			.retry_least_ms = 10,
			.retry_most_ms = 40,
			.drain_ms = 1000,
		};
		b->links[i] =
		    link_new(b->base, &b->settings[i], &link_events, b);
		link_start(b->links[i]);
	}
	UNTIL(b,
	    smsc_binds(b->smsc) == binds &&
		link_state(b->links[0]) == BIND_BOUND);
	b->phone = smsc_phone(b->smsc, "255712345678");
	return b;
}

void
a_box_free(struct box *b)
{
	link_free(b->links[0]);
	link_free(b->links[1]);
	smsc_free(b->smsc);
	event_free(b->pulse);
	event_base_free(b->base);
	free(b);
}

struct box *
a_spec_box(void **state, int binds)
{
	return a_box(dialect_files_find(*state, "spec"), binds);
}
