/*
 * A turn that finds a dialogue which was dropped.
 *
 *	begin -> offer -> moved ... the citizen answers -> resume
 *	              \-> anew                                 \-> anew
 *
 * While it is offered it is the session, on the menus that it began on, and
 * is kept nowhere else; dropped again, it may be offered again.
 */
#include "config/settings.h"
#include "gateway/publishing.h"
#include "gateway/facts.h"
#include "gateway/turn_parts.h"
#include "menus/catalogue.h"

static bool is_plain_dial(const struct turn *t);
static enum turn_next turn_offer_pinned(struct turn *t);
static bool same_code(const struct turn *t, const struct session *s);

void
turn_note_dropped(struct turn *t, struct stored dropped)
{
	t->was_dropped = dropped.len > 0 &&
	    record_unpack(t->arena, dropped.octets, dropped.len, &t->dropped) ==
		0;
}

/* Not every operator tells of a loss: a session that still lives when its
 * citizen dials again was lost, and is newer than what was found. */
bool
turn_may_offer(struct turn *t)
{
	if (t->channel != CHANNEL_USSD || !is_plain_dial(t))
		return false;
	if (t->found && t->record.life == RECORD_LIVE &&
	    t->record.resume_s > 0) {
		t->was_dropped = true;
		t->dropped = t->record;
	}
	return t->was_dropped;
}

/* Who dials through knows where to go. */
static bool
is_plain_dial(const struct turn *t)
{
	const struct catalogue *c =
	    publishing_begin_on(t->gateway, t->key.msisdn, t->event.code);
	const char *rest = "";

	return catalogue_code(c, t->event.code, t->key.msisdn, &rest) != NULL &&
	    *rest == '\0';
}

enum turn_next
turn_offer(struct turn *t)
{
	turn_unpin(t);
	return turn_pin(t, &t->dropped.catalogue, turn_offer_pinned, turn_anew);
}

static enum turn_next
turn_offer_pinned(struct turn *t)
{
	const struct catalogue *c = t->catalogue;
	const struct record *r = &t->dropped;
	struct session session;

	if (session_unpack(t->arena, c, r->menu, r->menu_len, &session) == -1 ||
	    !session_may_resume(c, &session) || !same_code(t, &session))
		return turn_then(t, turn_anew);
	t->facts = facts_now(t->arena, t->key.msisdn, t->key.operator_name,
	    c->codes[session.code].code, c, link_settings(t->link)->dialect);
	t->offers = true;
	t->move = step_dropped(c, &t->facts, &session, t->arena);
	return turn_then(t, turn_moved);
}

static bool
same_code(const struct turn *t, const struct session *s)
{
	const char *rest;

	return catalogue_code(t->catalogue, t->event.code, t->key.msisdn,
		   &rest) == &t->catalogue->codes[s->code];
}

/* Also from an offer that was declined: in the language it was made in. */
enum turn_next
turn_anew(struct turn *t)
{
	uint8_t lang = t->move.session.lang;

	turn_pin_current(t);
	t->move =
	    step_begin(t->catalogue, &t->facts, lang, t->event.code, t->arena);
	return turn_then(t, turn_moved);
}

/* A session that ends without its citizen's or its menu's doing. */
void
turn_store_dropped(
    struct turn *t, const struct record *next, struct store_commit *commit)
{
	struct record kept = *next;

	commit->offers = t->offers;
	if (!t->muted || next->life != RECORD_ENDED || next->resume_s == 0)
		return;
	kept.life = RECORD_LIVE;
	commit->drops.octets = record_pack(t->arena, &kept, &commit->drops.len);
	commit->drops_ms = next->resume_s * INT64_C(1000);
}
