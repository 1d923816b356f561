/*
 * The menus that a turn is played on: those its session began on.
 */
#include "config/settings.h"
#include "gateway/catalogues.h"
#include "gateway/facts.h"
#include "gateway/publishing.h"
#include "gateway/turn_parts.h"

static void turn_pinned(void *arg, const struct catalogue *found);

enum turn_next
turn_pin(struct turn *t, const struct digest *hash,
    enum turn_next (*next)(struct turn *),
    enum turn_next (*lacking)(struct turn *))
{
	struct catalogues *all = t->gateway->catalogues;

	t->step = next;
	t->lacking = lacking;
	t->catalogue = catalogues_find(all, hash);
	if (t->catalogue != NULL) {
		catalogues_hold(all, t->catalogue);
		return TURN_MORE;
	}
	t->catalogues_ask = catalogues_fetch(all, hash, turn_pinned, t);
	return TURN_WAIT;
}

void
turn_unpin(struct turn *t)
{
	if (t->catalogue != NULL)
		catalogues_release(t->gateway->catalogues, t->catalogue);
	t->catalogue = NULL;
}

void
turn_pin_current(struct turn *t)
{
	struct catalogues *all = t->gateway->catalogues;

	turn_unpin(t);
	t->catalogue = publishing_begin_on(t->gateway, t->key.msisdn,
	    t->channel == CHANNEL_SMS ? NULL : t->event.code);
	catalogues_hold(all, t->catalogue);
	t->facts = facts_now(t->arena, t->key.msisdn, t->key.operator_name,
	    t->channel == CHANNEL_SMS
		? t->number
		: facts_code(t->catalogue, t->event.code, t->key.msisdn),
	    t->catalogue, link_settings(t->link)->dialect);
}

static void
turn_pinned(void *arg, const struct catalogue *found)
{
	struct turn *t = arg;

	t->catalogues_ask = NULL;
	if (found == NULL) {
		turn_go(t, t->lacking);
		return;
	}
	t->catalogue = found;
	catalogues_hold(t->gateway->catalogues, found);
	turn_go(t, t->step);
}
