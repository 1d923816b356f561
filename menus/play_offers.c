/*
 * What the gateway itself offers a citizen, and how the answer is read: a
 * dialogue that was dropped.
 */
#include <string.h>

#include "menus/play.h"
#include "menus/screen.h"

struct move
step_dropped(const struct catalogue *c, const struct facts *facts,
    const struct session *s, struct arena *a)
{
	struct play p;

	play_init(&p, a, c, facts, s);
	p.move.session.dropped = true;
	return play_done(&p);
}

void
play_dropped(struct play *p, const char *input)
{
	const char *key = play_key(p->scene.arena, input);

	if (strcmp(key, OFFER_TAKE) == 0)
		p->move.session.dropped = false;
	else if (strcmp(key, OFFER_LEAVE) == 0)
		p->move.kind = MOVE_ANEW;
	else
		play_refuse(p);
}
