/*
 * An author at work: what the files that write a draft share.
 *
 * States are promised before they are written: whoever needs a target gets the
 * name of a state that may be reached with what is known there, old or new,
 * and a new one is written later. So most drafts are good.
 */
#ifndef TESTS_AUTHOR_H
#define TESTS_AUTHOR_H

#include "tests/property/chance.h"
#include "tests/property/draft.h"

#define AUTHOR_VARS      16
#define AUTHOR_STATES    24
#define AUTHOR_DIALOGUES 3
#define AUTHOR_APIS      20
#define AUTHOR_LENT      12
#define AUTHOR_TAKES     4

struct var {
	const char *name;
	enum var_type type;
	unsigned width; /* when it is shown */
	bool unicode;
	struct node *node;
};

/* A service of one institution that the later ones may call. */
struct lent {
	const char *name; /* "latra.a0" */
	size_t own; /* number of its institution */
	bool safe;
	struct var needs; /* NAME NULL: nothing */
	struct var takes[AUTHOR_TAKES];
	size_t take_count;
};

/* A value that is shared. */
struct shared {
	const char *name; /* "latra.t0" */
	size_t own; /* number of its institution */
	struct var var;
};

/* What all institutions share. */
struct plan {
	const char *langs[LANGS_MAX];
	size_t lang_count;
	unsigned septets, ucs2, pages, sms_parts, turn;
	unsigned word; /* widest of a word of the gateway's own */
	const char *back, *home, *more, *lang; /* keys */
	const char *institutions[DRAFT_FILES_MAX];
	size_t institution_count;
	struct lent lent[AUTHOR_LENT];
	size_t lent_count;
	struct shared shared[AUTHOR_LENT];
	size_t shared_count;
};

/* How a state may be reached, and what may be promised from there. */
enum {
	BY_USSD = 1,
	BY_SMS = 2,
	ONLY_TEXT = 4, /* first of all: nothing that waits for an answer */
	ONLY_PLAIN = 8, /* first of all: something to be seen, of no secret */
	FROM_UNSEEN = 16,
	ONWARD = 32, /* nothing old but an end, so that all come to one */
};

struct made {
	const char *name;
	enum state_kind kind;
	uint64_t known; /* variables, by number */
	unsigned by;
	bool secret;
};

/* A dialogue gives two outcomes at most; 0 means known nowhere. */
struct talked {
	const char *name;
	bool given[2];
	uint64_t brings[2];
	unsigned by;
};

/* An institution's states, or a dialogue's. */
struct scope {
	struct node *states;
	struct made made[AUTHOR_STATES];
	size_t count, written, most;
	struct talked *talked; /* NULL: the institution's */
	const char *prefix;
	unsigned ends;
};

struct offered {
	const char *name;
	uint64_t needs, takes;
	bool safe, again; /* may be repeated */
};

struct author {
	struct arena *arena;
	struct chance chance;
	struct plan *plan;
	size_t number; /* of the institution */
	const char *name;
	struct node *vars, *apis, *apps, *dialogues, *defaults;
	struct var list[AUTHOR_VARS];
	size_t var_count;
	struct offered offered[AUTHOR_APIS];
	size_t api_count, app_count;
	struct talked talked[AUTHOR_DIALOGUES];
	size_t talked_count;
	unsigned word_count;
	bool asking; /* a new variable is for an ask */
	bool met_ask, met_list, met_call, met_app; /* that left something out */
	struct scope *scope;
};

/* ---- author_texts.c */

/* A group of texts in every language, at most WIDTH septets (or units) wide,
 * with a few of the KNOWN variables. */
void author_words(struct author *w, struct node *parent, const char *name,
    uint64_t known, unsigned width);
/* The same texts as members of PARENT itself: an option. */
void author_texts(
    struct author *w, struct node *parent, uint64_t known, unsigned width);
/* So wide, behind BEGIN, and before SHOWN. */
const char *author_text(struct author *w, size_t lang, const char *begin,
    const char *shown, unsigned width);

/* ---- author_vars.c: numbers of variables, -1 where there is none */

int author_var(struct author *w, unsigned types);
int author_known(struct author *w, uint64_t known, unsigned types);
const char *author_condition(
    struct author *w, uint64_t known, int *empty, bool *free);
#define OF(type) (1u << (type))
#define TYPED    (OF(VAR_ROWS) - 1) /* all before rows */
#define BIT(var) ((uint64_t)1 << (var))
uint64_t author_secrets(const struct author *w);

/* ---- author_calls.c */

const struct offered *author_api(
    struct author *w, uint64_t known, bool safe, bool again);
const char *author_app(struct author *w);

/* ---- author_lend.c */

void author_lend(struct author *w, const struct offered *o, struct node *api);
const struct lent *author_borrow(
    struct author *w, uint64_t known, bool safe, int *gives);
uint64_t author_write_loan(
    struct author *w, struct node *n, const struct lent *lent, int gives);
void author_share(struct author *w, const struct var *v);
/* A new variable that reads what another institution shares, or -1. */
int author_read(struct author *w);

/* ---- author_scope.c */

/* The name of a state that may be reached so. */
const char *author_target(struct author *w, uint64_t known, unsigned by);
/* A new state of that kind. */
const char *author_promise(
    struct author *w, enum state_kind kind, uint64_t known, unsigned by);
/* One that is there, or NULL. */
const char *author_link(struct author *w, uint64_t known, unsigned by);

/* ---- author_states.c */

void author_state(struct author *w, const struct made *st);
void author_dialogue(struct author *w, struct talked *t);

/* ---- author.c */

void author_write_all(struct author *w);

#endif
