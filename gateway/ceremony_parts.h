/*
 * An act of the ceremony, as its files see it: ceremony.c has what all acts
 * do, ceremony_submit.c and ceremony_acts.c what each of them is.
 *
 *	begin -> look -> its own steps -> publish -> done
 *	             \-> refuse ------------------/
 *
 * What an act decides, it decides from what it looked at; when that moved
 * meanwhile, nothing is changed, and it looks again.
 */
#ifndef GATEWAY_CEREMONY_PARTS_H
#define GATEWAY_CEREMONY_PARTS_H

#include <sys/queue.h>

#include "gateway/ceremony.h"
#include "gateway/order.h"
#include "gateway/report.h"
#include "gateway/standing.h"

struct act {
	struct gateway *gateway;
	struct order *order;
	struct arena *arena; /* the order's */
	const char *verb;
	const char *name; /* of the institution, or PUBLISH_MENUS */
	const char *who; /* "juma(1000)" */
	void (*looked)(struct act *act); /* its first step */
	void (*proved)(struct act *act, const struct made *made);
	const struct standing *standing;
	const char *hash; /* what it is about */
	const char *text; /* its source, when it was sent along */
	size_t len;
	const char *done; /* the sentence when all went well */
	struct store_ask *ask;
	struct proving *proving;
	int looks;
	LIST_ENTRY(act) link;
};

enum act_right {
	RIGHT_LOOK, /* whoever may connect */
	RIGHT_SUBMIT,
	RIGHT_APPROVE,
};

/* Begins when the user may; LOOKED is its first step. */
enum verb_next act_begin(struct gateway *g, struct order *o, const char *name,
    enum act_right right, void (*looked)(struct act *act));

/* What is live with TEXT or the source of HASH in NAME's place, then
 * act->proved with what was made; the catalogue is freed after. */
void act_prove(
    struct act *act, void (*proved)(struct act *act, const struct made *made));

/* Does an error among what was found speak against NAME? Then it is refused,
 * with all that was found, and true. */
bool act_is_broken(struct act *act, const struct made *made);

/* All changes, or, when somebody was quicker, all again from a new look. Then
 * DONE is said. */
void act_publish(struct act *act, const struct store_change *changes,
    size_t count, const char *done, ...) PRINTF_LIKE(4, 5);

/* Written down, said, and over: nobody touches ACT after this. */
void act_refuse(struct act *act, enum report_code code, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Over, with the report as it is. */
void act_end(struct act *act);

#endif
