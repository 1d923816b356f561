/*
 * A dialogue with the menus in tests/menus. Between two steps the session goes
 * through its octets, as it does between two turns.
 */
#ifndef TESTS_DIALOGUE_H
#define TESTS_DIALOGUE_H

#include "menus/catalogue.h"
#include "menus/step.h"

struct dialogue {
	struct arena *arena;
	struct catalogue *c;
	struct facts facts;
	uint8_t lang;
	struct session session;
	struct move move;
	struct profile profile; /* looked into when it is asked for */
};

/* cmocka's set-up and tear-down. */
int dialogue_setup(void **state);
int dialogue_open(void **state, const char *menus); /* with others */
int dialogue_teardown(void **state);

void dial(struct dialogue *d, const char *dialled);
void text(struct dialogue *d, const char *message);
/* What was dropped is offered. */
void drop(struct dialogue *d);
void answer(struct dialogue *d, const char *input);

/* VALUES in the order of the api's takes. */
#define OUTCOME(d, outcome, ...) \
	outcome_is(d, outcome, (const char *const[]){ __VA_ARGS__ })
void outcome_is(
    struct dialogue *d, enum outcome outcome, const char *const *values);

/* What the move was; a call by the name of its state. */
void assert_shown(const struct dialogue *d, const char *screen);
void assert_ended(const struct dialogue *d, const char *screen);
void assert_called(const struct dialogue *d, const char *state);

/* What is sent, and the screen that answers it. */
struct exchange {
	const char *input, *screen;
};
void play_exchanges(struct dialogue *d, const struct exchange *e, size_t count);

#endif
