/*
 * Menus as the engine plays them: immutable graphs, compiled once from the
 * institutions' files and never changed after.
 *
 * A catalogue is everything a citizen may meet behind the short codes at one
 * moment: the shared root menu and every institution's graph. A session is
 * pinned to the catalogue it began on, by its content hash. Inside a
 * catalogue, graphs, states, variables and languages are small numbers.
 *
 * An institution's graph is made from the head of the menus file and its own
 * source alone and holds nothing of another: it names whom it leads to. So
 * catalogues that differ in one institution share all other graphs.
 */
#ifndef MENUS_GRAPH_H
#define MENUS_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"

#define LANGS_MAX  4
#define VARS_MAX   64
#define STATES_MAX 4000
#define NOWHERE	   0xffff /* no state, no graph, no variable */

/* ---- texts */

/* Variables that every graph has, numbered after its own. */
enum builtin {
	BUILTIN_MSISDN,
	BUILTIN_LANG,
	BUILTIN_OPERATOR,
	BUILTIN_CODE,
	BUILTIN_DATE,
	BUILTIN_TIME,
	BUILTIN_CHANNEL,
	BUILTIN_COUNT,
};
#define BUILTIN_BASE VARS_MAX /* variable number of BUILTIN_MSISDN */

/* The one place that some of the catalogue's own words keep free: for an
 * institution's title, a value, a word to write. */
#define WORDS_HOLE (BUILTIN_BASE + BUILTIN_COUNT)

/* A literal run of a text, or a variable where LITERAL is NULL. */
struct piece {
	const char *literal;
	size_t len;
	uint16_t var;
};

struct template {
	const struct piece *pieces;
	size_t count;
};

/* One template per language of the catalogue, in its order. */
struct words {
	struct template in[LANGS_MAX];
	int line; /* where the file has it */
};

/* ---- variables */

enum var_type {
	VAR_TEXT,
	VAR_DIGITS,
	VAR_NUMBER, /* 64-bit signed, as decimal text */
	VAR_MONEY,  /* likewise; shown with thousands separated by commas */
	VAR_DATE,   /* YYYY-MM-DD; typed as DD-MM-YYYY or DDMMYYYY */
	VAR_CHOICE, /* one of its words */
	VAR_ROWS,   /* rows of a call, packed: see menus/rows.h */
	VAR_PIN,
};

struct pattern; /* a compiled regular expression: menus/pattern.h */

struct variable {
	const char *name;
	enum var_type type;
	size_t max;	    /* greatest width in septets when shown; rows: count */
	bool cut;	    /* may be shortened when shown */
	bool unicode;	    /* may leave GSM 7 bit */
	bool upper;	    /* fold = "upper" */
	bool lower;	    /* fold = "lower" */
	/*
	 * The rest of folding, decided once from the rule: take out what stands
	 * in DROPS, then turn each TURNS into JOINER ('\0': nothing to turn).
	 * A rule with neither / nor - drops both; one with a - turns / into it,
	 * and the other way round; one with both leaves them. So "s0334/0556
	 * 2019" is S033405562019 for ^S[0-9]{12}$. DROPS is never NULL.
	 */
	const char *drops;
	char turns, joiner;
	bool secret;	    /* a pin, or filled by an ask with `secret` */
	int keep_s;	    /* may be remembered so long; 0: not */
	bool share;	    /* and offered to other institutions */
	/* What another institution shares, by its name and the variable's,
	 * may be offered here; or NULL. */
	const char *reads_from, *reads;
	const struct pattern *match;
	size_t min_length, max_length; /* characters; 0: no rule */
	bool has_least, has_most;
	int64_t least, most;	       /* number, money */
	const char *const *choices;    /* ended by NULL */
	const char *const *cols;       /* rows: ended by NULL */
	size_t width;		       /* rows: greatest width of a label */
	int line;
};

/* ---- conditions: name op literal { and ... } */

enum compare {
	COMPARE_EQ,
	COMPARE_NE,
	COMPARE_LT,
	COMPARE_LE,
	COMPARE_GT,
	COMPARE_GE,
	COMPARE_EMPTY,
};

struct test {
	uint16_t var;
	enum compare op;
	const char *literal; /* text; NULL for EMPTY */
	int64_t number;	     /* where the variable is numeric */
	bool numeric;
};

/* All must hold; no tests: always holds. */
struct condition {
	const struct test *tests;
	size_t count;
};

/* ---- calls */

/* Where one value of the answer goes. */
struct take {
	uint16_t var;
	const char *path;	 /* "$.due", "$.areas[*](id,label)" as written */
};

struct header {
	const char *name;
	struct template value;
};

/* How a body is written and read: a call's JSON, or an application's turn. */
enum api_speech {
	SPEECH_CALL,
	SPEECH_NATIVE,
	SPEECH_AFRICASTALKING,
};

struct api {
	const char *name;
	enum api_speech speech;
	const char *method;	 /* "GET", "POST", ... */
	struct template url;	 /* values are percent-encoded when put in */
	const struct header *body; /* JSON members, by name; NULL when none */
	size_t body_count;
	const struct take *takes;
	size_t take_count;
	int timeout_ms;
	int cache_s;
	int retry;		 /* more tries, safe calls only */
	bool safe;		 /* changes nothing over there */
	bool idempotent;	 /* may be repeated under its key */
	const char *const *share; /* institutions that may call it; ended by
				   * NULL, or NULL */
	int line;
};

/* ---- applications of the institution's own */

/* By what code an application knows an operator. */
struct network {
	const char *operator_name;
	const char *code;
};

struct app {
	const char *name;
	struct api api;		 /* its method, timeout and speech; no takes */
	const char *url;	 /* written out: no variable stands in it */
	const char *events;	 /* where a session's end is told; NULL: nowhere */
	int session_s;		 /* a citizen may think so long in there */
	bool sms;		 /* it may send messages to its citizen */
	const struct network *networks;
	size_t network_count;
	int line;
};

enum outcome {
	OUTCOME_OK,
	OUTCOME_MISSING,
	OUTCOME_FAIL,
	OUTCOME_SLOW,
	OUTCOME_COUNT,
};

/* ---- states */

enum state_kind {
	STATE_MENU,
	STATE_ASK,
	STATE_LIST,
	STATE_SAY,
	STATE_CALL,
	STATE_ROUTE,
	STATE_APP,
	STATE_SUB, /* unseen: leads into the copy of a dialogue */
	STATE_END,
};

/* Where an edge leads: a state of the same graph, or a door of an institution,
 * which is looked up when it is played (catalogue_graph): it may have no good
 * file, and then `absent` is said. */
struct target {
	uint16_t state;		 /* NOWHERE when it is a door */
	const char *institution; /* whose door; NULL: the same graph */
	const char *door;	 /* which one; NULL: the ussd door */
	const char *name;	 /* as written */
	int line;
};

struct menu_option {
	const char *key;      /* digits */
	struct words text;
	struct condition when;
	struct target next;
	int line;
};

struct branch {
	struct condition when;
	struct target next;
	int line;
};

/* A call that is made AFTER_S seconds later, whatever became of the session. */
struct reminder {
	uint16_t api;
	int after_s;
	int line;
};

/* A value between two institutions' variables. */
struct loan {
	uint16_t mine;
	const char *theirs;
	int line;
};

/* The call of a service that another institution shares (menus/callee.h). */
struct borrowed {
	const char *name;	/* "rita.verify" */
	const char *institution, *api;
	const struct loan *gives, *takes;
	size_t give_count, take_count;
};

/* What a state allows less of than the menus file does; 0: as that says. Read
 * it by limits_at. */
struct lowered {
	int septets, ucs2;	/* of a screen */
	int pages;
	int wait_s;		/* for the citizen's answer */
	int turn_ms, later_ms;	/* of a call */
	int calls;		/* of a whole institution: graph.max_calls */
};

struct state {
	const char *name;	/* "ask_acct"; "who/ask_nin" in a dialogue that
				 * the state `who` runs */
	const struct state *copy_of; /* the dialogue's own; NULL: no copy */
	enum state_kind kind;
	struct words text;	/* menu, ask, list, say: what stands on top; end: the text */
	struct words sms;	/* end: pieces NULL when it sends none */
	bool has_sms;

	const struct menu_option *options; /* menu */
	size_t option_count;

	uint16_t into;		/* ask, list: variable */
	uint16_t rows;		/* list: variable of type rows */
	uint8_t label_col, value_col;
	int tries;		/* ask: wrong answers before FAIL */
	bool secret;
	struct words bad;	/* ask: error text */
	struct target fail;	/* ask, after its tries; app */
	struct target empty;	/* list */
	struct target next;	/* ask, list, say, app; sub: where it begins */

	uint16_t api;		/* call; NOWHERE when it is another's: */
	const struct borrowed *borrowed;
	bool once, later;
	bool resume;		/* may be offered again after a drop */
	struct target outcomes[OUTCOME_COUNT];
	struct lowered lowered;

	const struct branch *branches; /* route; the last has no condition */
	size_t branch_count;

	uint16_t app;		/* app; it has FAIL, and NEXT unless its end is
				 * the dialogue's: NEXT.NAME is NULL then */
	bool reminds;		/* end */
	struct reminder reminder;
	int line;
};

/* ---- graphs */

struct keyword {
	const char *word;	/* as written, perhaps several; matched folded */
	const struct keyword *means; /* an alias: of which; else NULL */
	const char *example;	/* "NAULI DAR ARUSHA": shown to who wrote it
				 * otherwise; or NULL */
	const uint16_t *args;	/* variables filled in order */
	size_t arg_count;
	size_t least;		/* the others may be missing */
	bool rest;		/* the last takes all that is left, as typed */
	struct target next;
	int line;
};

/* A state by which other institutions enter, by its name. */
struct open_door {
	const char *name;
	uint16_t state;
};

/* A scripted dialogue beside the menu, as written. Several answers of one
 * service come one after another, and the last goes on. */
struct canned {
	const char *api;
	int status;		/* 0: never answers */
	int after_ms;		/* the answer takes so long */
	bool slow;		/* the citizen's time was spent before it came */
	const char *body;	/* file name in the file's own folder, or NULL */
	int line;
};

struct talk {
	const char *name;
	const char *dial;	/* or NULL */
	const char *text;	/* an SMS, where there is no dial */
	const char *lang;	/* or NULL */
	const struct canned *given;
	size_t given_count;
	const char *const *say; /* ">...", "<..." and "+...", ended by NULL */
	int line;
};

struct source {
	const char *name; /* "maji.cfg", with or without folders */
	const char *text;
	size_t len;
};

struct graph {
	struct arena *arena;	/* all of it */
	size_t *holders;	/* what changes in it: how many need it */
	const char *name;	/* "maji"; "root" for the shared menu */
	const char *file;
	const char *source;	/* what was hashed */
	size_t source_len;
	struct digest hash;	/* of the source */
	struct words title;
	const struct variable *vars;
	size_t var_count;
	const struct api *apis;
	size_t api_count;
	const struct app *apps;
	size_t app_count;
	const struct state *states;
	size_t state_count;
	uint16_t ussd_door;	/* NOWHERE when not entered by USSD */
	const struct open_door *open;
	size_t open_count;
	const struct keyword *keywords;
	size_t keyword_count;
	size_t alias_count;	/* behind them, in KEYWORDS too */
	const struct talk *talks;
	size_t talk_count;
	int max_calls;		/* open calls at once: the bulkhead */
};

/* Empty, in A, which goes with it; held once. */
struct graph *graph_new(
    struct arena *a, const char *name, const struct source *source);

/* A graph that nobody holds any more is gone. */
void graph_hold(const struct graph *g);
void graph_release(const struct graph *g);

struct source graph_source(const struct graph *g);

/* ---- the catalogue */

struct nav {
	const char *key;
	struct words text;
};

struct limits {
	int septets, ucs2;	/* a screen */
	int pages;		/* of one menu, say or list */
	int sms_parts;
	int session_s;		/* a citizen's whole dialogue */
	int resume_s;		/* how long a dropped one is offered again */
	int turn_ms;		/* before `slow` is shown */
	int later_ms;		/* before a late call is given up */
	int calls;		/* of one institution at once: graph.max_calls */
};

struct code {
	const char *code;	/* "*152*00#" */
	uint16_t state;		/* of the root graph */
	bool trial;		/* for what was submitted and is on trial */
	const char *const *only; /* for these numbers; NULL: for all */
};

/* Words that are the gateway's own, each list ended by NULL. */
struct reserved {
	const char *const *forget, *const *tell, *const *yes;
};

struct catalogue {
	struct arena *arena;
	struct digest hash;	/* of the menus file and every graph's hash */
	const char *langs[LANGS_MAX + 1]; /* ended by NULL */
	size_t lang_count;	/* langs[0] is the default */
	struct nav back, home, more, lang;
	struct words bad;	/* "Chaguo si sahihi." */
	struct words incomplete; /* a keyword without all that belongs to it */
	struct words example;	/* "Mfano:", before a keyword's example */
	struct words expired;	/* session gone: dial again */
	struct words changed;	/* the menu it began on cannot be had */
	struct words sorry;	/* the gateway itself is in trouble */
	struct words busy;	/* not admitted */
	struct words unknown;	/* an SMS keyword nobody has; its {words} are
				 * put in when the catalogue is compiled */
	struct words absent;	/* an institution without a good file */
	struct words was;	/* a dropped dialogue: "Ulikuwa: {title}" */
	struct words go_on, anew; /* and what to do about it */
	struct words use;	/* a value of before: "Utatumia {value}?" */
	struct words keep;	/* may this one be kept? */
	struct words yes, no;
	struct words forget_ask; /* "... jibu {word}" */
	struct words forgotten;
	struct words tell_values, tell_nothing; /* "Tumehifadhi: {values}" */
	struct words tell_messages; /* "... {count}" */
	struct words tell_erase; /* "... {word}" */
	struct words yes_shared; /* yes, and offered to other institutions */
	struct limits limits;
	struct limits written;	/* as the file has them: LIMITS may be lower */
	struct reserved reserved;
	const struct code *codes;
	size_t code_count;
	const struct graph *root;
	const struct graph *const *graphs; /* institutions, in order of name:
					    * held, the root owned */
	size_t graph_count;
};

/* The state behind a door, NULL for the ussd door; NOWHERE when G has none of
 * that name. And is a state behind any? */
uint16_t graph_door(const struct graph *g, const char *name);
bool graph_is_door(const struct graph *g, uint16_t state);

/* Where T leads, a door: false when there is none. */
bool catalogue_door(const struct catalogue *c, const struct target *t,
    uint16_t *graph, uint16_t *state);

/* An institution's number; NOWHERE when it has no good file. */
uint16_t catalogue_graph(const struct catalogue *c, const char *name);

#endif
