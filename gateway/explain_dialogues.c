/*
 * The dialogues of a trace: the PDUs of one session of one subscriber, from a
 * begin, or a push, to its end.
 */
#include <string.h>
#include <uthash.h>

#include "base/text.h"
#include "gateway/explain_trace.h"

#define DIALOGUES_MAX 5000
#define STEPS_MAX     40

struct dialogue_key {
	char msisdn[66];
	uint8_t session[4];
};

struct dialogue {
	UT_hash_handle hh;
	struct dialogue_key key;
	const char *said; /* so far */
	size_t steps;
	bool over;
	struct dialogue *next; /* in the order they began */
};

struct explain_dialogues {
	struct arena *arena;
	struct dialogue *by_key;
	struct dialogue *first, **last;
	size_t count, left_out;
};

static struct dialogue_key key_of(const struct explained *e);
static bool begins(const struct explained *e);
static bool ends(const struct explained *e);
static struct dialogue *open(struct explain_dialogues *all,
    const struct explain_manner *m, const struct dialogue_key *key);

struct explain_dialogues *
explain_dialogues_new(struct arena *a)
{
	struct explain_dialogues *all = arena_alloc(a, sizeof(*all));

	all->arena = a;
	all->last = &all->first;
	return all;
}

void
explain_dialogues_free(struct explain_dialogues *all)
{
	HASH_CLEAR(hh, all->by_key);
}

void
explain_dialogues_add(struct explain_dialogues *all,
    const struct explain_manner *m, const struct explained *e, size_t number)
{
	struct dialogue_key key;
	struct dialogue *one;

	if (e->fits == NULL || e->best == EXPLAIN_NONE)
		return;
	key = key_of(e);
	HASH_FIND(hh, all->by_key, &key, sizeof(key), one);
	if (one != NULL && (begins(e) || one->over)) {
		HASH_DEL(all->by_key, one);
		one = NULL;
	}
	if (one == NULL)
		one = open(all, m, &key);
	if (one == NULL || one->steps++ >= STEPS_MAX)
		return;
	one->over = ends(e);
	one->said = arena_printf(all->arena, "%s%s#%zu %s", one->said,
	    one->steps == 1 ? "" : ", ", number,
	    one->steps == STEPS_MAX ? "and so on"
		: e->kind == EXPLAIN_USSD_IN
		? dialects_event_name(e->fits[e->best].kind)
		: dialects_action_name(e->fits[e->best].heard.action));
}

static struct dialogue_key
key_of(const struct explained *e)
{
	const struct dialect_fit *fit = &e->fits[e->best];
	struct dialogue_key key;

	memset(&key, 0, sizeof(key));
	if (e->kind == EXPLAIN_USSD_OUT) {
		memcpy(key.msisdn, e->pdu.dest.digits, sizeof(key.msisdn));
		memcpy(key.session, fit->heard.session, sizeof(key.session));
	} else {
		memcpy(key.msisdn, e->pdu.source.digits, sizeof(key.msisdn));
		explain_session(e->reader, &fit->event, key.session);
	}
	return key;
}

void
explain_session(
    const struct dialect *d, const struct ussd_event *event, uint8_t session[4])
{
	const uint8_t *at = event->identity;
	const uint8_t *end = at + event->identity_len;
	size_t i, skip;

	for (; at < end; at += 2 + at[1]) {
		enum dialect_source from = d->parts[at[0]].from;

		skip = at[1] > 4 ? at[1] - 4u : 0;
		if (from == DIALECT_FROM_TLV)
			for (i = skip; i < at[1]; i++)
				session[4 - at[1] + i] |= at[2 + i];
		/* A field of another form is not told apart. */
		else if (from == DIALECT_FROM_FIELD && at[1] == 8 &&
		    text_from_hex((const char *)at + 2, 8, session) == -1)
			memset(session, 0, 4);
	}
}

static bool
begins(const struct explained *e)
{
	const struct dialect_fit *fit = &e->fits[e->best];

	if (e->kind == EXPLAIN_USSD_IN)
		return fit->kind == USSD_BEGIN;
	return fit->heard.action >= USSD_PUSH_MENU;
}

static bool
ends(const struct explained *e)
{
	const struct dialect_fit *fit = &e->fits[e->best];

	if (e->kind == EXPLAIN_USSD_IN)
		return fit->kind == USSD_ABORT || fit->kind == USSD_END;
	/* A release may follow, and is a dialogue's last word too. */
	return fit->heard.action == USSD_RELEASE;
}

/* NULL: there are more than we tell of. */
static struct dialogue *
open(struct explain_dialogues *all, const struct explain_manner *m,
    const struct dialogue_key *key)
{
	struct dialogue *one;

	if (all->count == DIALOGUES_MAX) {
		all->left_out++;
		return NULL;
	}
	all->count++;
	one = arena_alloc(all->arena, sizeof(*one));
	one->key = *key;
	one->said = arena_printf(all->arena,
	    "%s, session %02x%02x%02x%02x: ", explain_number(m, key->msisdn),
	    key->session[0], key->session[1], key->session[2], key->session[3]);
	HASH_ADD(hh, all->by_key, key, sizeof(one->key), one);
	*all->last = one;
	all->last = &one->next;
	return one;
}

void
explain_dialogues_tell(const struct explain_dialogues *all, FILE *out)
{
	const struct dialogue *one;

	if (all->first == NULL)
		return;
	fprintf(out, "\nDialogues:\n");
	for (one = all->first; one != NULL; one = one->next)
		fprintf(out, "  %s\n", one->said);
	if (all->left_out > 0)
		fprintf(out, "  and %zu more PDUs of others\n", all->left_out);
}
