/*
 * A sketch: a talk that grows while its author plays it.
 *
 * What is typed becomes a line of the talk, and what a service would answer
 * one of its canned answers. After each the whole talk is played again from
 * its beginning, which costs nothing and keeps every rule of talks: time that
 * passes, answers that come late, codes that are dialled again. So a line can
 * be taken back, and what was played can be kept as it stands.
 */
#ifndef SIMULATOR_SKETCH_H
#define SIMULATOR_SKETCH_H

#include <stdio.h>

#include "gateway/order.h"
#include "menus/talk.h"

/* As much as a talk may have. */
#define SKETCH_LINES   200
#define SKETCH_ANSWERS 200

/* A line of the dialogue, by the kinds of talk_line. */
struct sketch_heard {
	char kind;
	const char *text;
};

/* What is asked, of which nobody has said the answer yet. */
struct sketch_question {
	const char *name; /* as a talk calls it */
	const struct api *api;
	const struct graph *owner;
	const char *url, *body; /* BODY may be NULL */
};

struct sketch {
	struct arena *arena;
	const struct catalogue *c;
	const struct graph *g; /* whose talk it is; the root's for all menus */
	struct talk talk;
	const char *say[SKETCH_LINES + 1];
	size_t say_count;
	struct canned given[SKETCH_ANSWERS];
	size_t said_at[SKETCH_ANSWERS]; /* after so many lines */
	struct order_file files[SKETCH_ANSWERS]; /* that the answers name */
	bool typed[SKETCH_ANSWERS]; /* and is in no file yet */
	size_t file_count;

	struct sketch_heard *heard;
	size_t heard_count, heard_room;
	struct sketch_question question;
	const char *why; /* what differs */
};

enum sketch_result {
	SKETCH_SHOWN, /* it is the citizen's turn, or over */
	SKETCH_ASKS, /* QUESTION */
	SKETCH_DIFFERS, /* the last line or answer cannot be: WHY */
};

void sketch_init(struct sketch *s, struct arena *a, const struct catalogue *c,
    const struct graph *g);

/* Begins anew, by what is dialled or by an SMS; one of them is NULL. Answers
 * go, and files stay. LANG may be NULL. */
void sketch_begin(
    struct sketch *s, const char *dial, const char *text, const char *lang);

/* ">1" or "+ 5m". False when there are too many. */
bool sketch_say(struct sketch *s, const char *line);
bool sketch_undo(struct sketch *s);

/* The answer to QUESTION, as a talk has it. False when there are too many. */
bool sketch_answer(struct sketch *s, const struct canned *canned);
void sketch_unanswer(struct sketch *s);
bool sketch_file(struct sketch *s, const char *name, const char *text,
    size_t len, bool typed);

/* HEARD is all that happened, from the beginning. */
enum sketch_result sketch_play(struct sketch *s);
bool sketch_is_over(const struct sketch *s);

/* As it would stand in the file, and behind it the files that were typed:
 * sketch_text.c. */
void sketch_print(const struct sketch *s, const char *name, FILE *out);

#endif
