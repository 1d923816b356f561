/*
 * What walks came by, counted, so that nobody proves the empty.
 */
#ifndef TESTS_FIGURES_H
#define TESTS_FIGURES_H

#include <stddef.h>

#include "menus/step.h"

enum figure {
	/* in the order of enum state_kind */
	MET_MENU,
	MET_ASK,
	MET_LIST,
	MET_SAY,
	MET_CALL,
	MET_ROUTE,
	MET_APP,
	MET_SUB,
	MET_END,

	/* in the order of enum edge_kind */
	WENT_OPTION,
	WENT_NEXT,
	WENT_FAIL,
	WENT_EMPTY,
	WENT_OUTCOME,
	WENT_BRANCH,

	WENT_DOOR,
	WENT_SUB_IN_SUB,

	/* in the order of enum outcome */
	HAD_OK,
	HAD_MISSING,
	HAD_FAIL,
	HAD_SLOW,
	HAD_BORROWED,
	HAD_ONCE,
	HAD_LATE,
	NODE_LOST,
	SECRET_LOST,

	DIALLED,
	DIALLED_THROUGH,
	TEXTED,
	TEXT_UNKNOWN,
	TEXT_SHORT,
	TEXT_OPTIONAL,
	TEXT_REST,
	TEXT_ANSWERED,

	ANSWER_TAKEN,
	ANSWER_WRONG,
	NAV_BACK,
	NAV_HOME,
	NAV_MORE,
	NAV_LANG,
	KEYS_LIMITED,
	LATER_PAGE,

	OFFER_DROPPED,
	OFFER_ANEW,
	ASKED_USE,
	ASKED_READ,
	ASKED_KEEP,
	KEPT_NO,
	KEPT_YES,
	KEPT_SHARED,

	FORGET_ASKED,
	FORGET_DONE,
	TOLD,

	APP_ASKS,
	APP_ENDS,
	APP_LEADS,
	APP_FAILS,
	APP_WRITES,

	END_SMS,
	END_PLANS,
	SCREEN_FULL,
	SCREEN_UCS2,
	SCREEN_LOWERED,
	SMS_LONG,
	VALUE_CUT,
	VALUE_BRACES,
	TONGUE_FOURTH,
	OCTETS_REFUSED,
	OCTETS_TAKEN,
	SEARCHED,
	FIGURES,
};

struct figures {
	size_t count[FIGURES];
};

const char *figure_name(enum figure figure);

/* What a move came by on its way. */
void figures_of_move(
    struct figures *f, const struct catalogue *c, const struct move *m);

#endif
