/*
 * Screens: what a state says, broken into pages that fit, with the navigation
 * lines that act there.
 *
 * From top to bottom: the error line after a wrong input, the state's text (on
 * its first page only), the options, and the navigation lines, always in the
 * order back, home, more, language:
 *
 *	back	where there is a page before, or a place that was left
 *	home	everywhere but on the root menu of the code that was dialled
 *	more	on every page that another one follows, and on every page of a
 *		say, since there it also goes on to the next state
 *	lang	on the menus behind a code and behind an institution's ussd
 *		door, when in every language such a menu needs no more pages
 *		with this line than without it; it goes to the next language
 *		of the catalogue, after the last to the first
 *
 * An ask shows back and home only, an end none, and an SMS none at all. On a
 * say whatever is no navigation key reads as more.
 *
 * Menus and lists break between options, a say at word borders. The room of
 * the error line is kept free on every page, so that no option moves when it
 * appears. A screen is measured as it will be sent: in septets, or in UCS-2
 * units once one of its characters is outside the alphabet.
 *
 * A screen never exceeds its budget: what was not proved to fit is cut.
 */
#ifndef MENUS_SCREEN_H
#define MENUS_SCREEN_H

#include "menus/scene.h"

/* The keys of what the gateway itself offers. */
#define OFFER_TAKE  "1"
#define OFFER_LEAVE "2"
#define OFFER_SHARE "3"

enum screen_line {
	SCREEN_BACK,
	SCREEN_HOME,
	SCREEN_MORE,
	SCREEN_LANG,
	SCREEN_LINES,
};

struct screen {
	const char *text;
	size_t page, pages;
	bool shows[SCREEN_LINES];
};

/* The session's state and page; a page past the last one reads as the last.
 * WRONG: with its error line. */
struct screen screen_lay(const struct scene *sc, bool wrong);

/* The SMS that an end by USSD sends too. */
const char *screen_sms(const struct scene *sc, const struct words *w);

/* A message with TEXT, cut to what the catalogue's `sms_parts` hold. */
const char *screen_message(const struct scene *sc, const char *text);

/* How many octets of a visit's text stand on its first PAGES pages. */
size_t screen_octets(const struct scene *sc, size_t pages);

/* TEXT cut to the budget of the session's channel. */
const char *screen_plain(const struct scene *sc, const char *text);

/*
 * The proof: the same layout with every variable at its greatest width, every
 * option and every navigation line that may stand there. Where it fits, an
 * actual screen of this state is never cut and never has more pages.
 *
 * C must have its languages, navigation and limits; for a state of the root
 * also its root and its codes. By SMS an end is laid out with its `sms` text
 * where it has one, and the budget is the catalogue's `sms_parts`; SEPTETS and
 * UCS2 count for USSD only. An SMS cannot be turned over: a menu or a list of
 * several pages does not fit one.
 */
#define SCREEN_HEAD (-1)

struct screen_proof {
	bool fits;
	int misfit; /* if not: number of the option that is too long, or
		     * SCREEN_HEAD for the text itself */
	size_t over; /* and by how many septets, or units where it is UCS-2 */
	bool over_ucs2;
	size_t pages; /* to be held against limits.pages */
	size_t septets; /* of the largest page, error line and all; 0 when all
			 * are UCS-2 */
	size_t ucs2; /* of the largest that leaves the alphabet, or 0 */
};

struct screen_proof screen_worst(struct arena *a, const struct catalogue *c,
    const struct graph *g, uint16_t state, uint8_t lang, enum channel channel,
    int septets, int ucs2);

/* Likewise of an ask on the screen, in one of its phases. */
struct screen_proof screen_worst_phase(struct arena *a,
    const struct catalogue *c, const struct graph *g, uint16_t state,
    uint8_t lang, enum phase phase, int septets, int ucs2);

/* Likewise of the offer to go on with a dialogue that was dropped in G. */
struct screen_proof screen_worst_dropped(struct arena *a,
    const struct catalogue *c, const struct graph *g, uint8_t lang,
    int septets, int ucs2);

/* Likewise of a sentence that belongs to no state, with nothing about it. */
struct screen_proof screen_worst_words(struct arena *a,
    const struct catalogue *c, const struct graph *g, const struct words *w,
    uint8_t lang, enum channel channel, int septets, int ucs2);

#endif
