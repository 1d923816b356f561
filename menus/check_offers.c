/*
 * Check 5 of what the gateway itself offers: a dialogue that was dropped.
 */
#include "menus/check_parts.h"
#include "menus/screen.h"

static void check_dropped(const struct proof *p);

void
check_offers(const struct proof *p)
{
	if (p->g != p->c->root)
		check_dropped(p);
}

/* Its only part that an institution writes is its title. */
static void
check_dropped(const struct proof *p)
{
	const struct limits *l = &p->c->limits;
	struct screen_proof proof;
	struct arena *a = arena_new();
	uint8_t lang;

	for (lang = 0; lang < p->c->lang_count && l->resume_s > 0; lang++) {
		proof = screen_worst_dropped(
		    a, p->c, p->g, lang, l->septets, l->ucs2);
		if (!proof.fits)
			proof_wrong(p, CHECK_ROOM, p->g->title.line, NULL,
			    "with this title in '%s' the offer to go on with "
			    "a dropped dialogue is %zu %s too long for a "
			    "screen: shorten it",
			    p->c->langs[lang], proof.over,
			    proof.over_ucs2 ? "characters (UCS-2)" : "septets");
	}
	arena_free(a);
}
