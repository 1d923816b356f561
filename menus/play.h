/*
 * A play: a move in the making. Inside the engine only; others see step.h.
 */
#ifndef MENUS_PLAY_H
#define MENUS_PLAY_H

#include "menus/scene.h"

struct play {
	struct scene scene;
	struct move move; /* its session is the one that changes */
	bool wrong; /* the error line is to be shown */
	bool dialling; /* what is answered was dialled through */
};

/* P is filled in place, because its scene points into its move. */
void play_init(struct play *p, struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s);

/* What the citizen sent, read by the state where the session stands. */
void play_answer(struct play *p, const char *input);

/* The same where the session was dropped: play_offers.c. */
void play_dropped(struct play *p, const char *input);

/* "1", also when it was typed "1." or "1#". */
const char *play_key(struct arena *a, const char *input);

/* At an ask: play_profile.c. */
bool play_wants_profile(const struct play *p);
void play_profile_answer(struct play *p, const char *key);
/* True when it is asked first whether VALUE may be kept. */
bool play_keeps(struct play *p, const char *value);

/* The answer of a list or an ask: its variable is VALUE now. */
void play_take(struct play *p, const char *value);

/* Shown again, with the error line. */
void play_refuse(struct play *p);

/* Goes along an edge, through what is unseen, to the next thing that is shown
 * or asked for. The state that is left can be gone back to. */
void play_follow(struct play *p, const struct target *t);
void play_leave(struct play *p);

/* A visit, in menus/play_app.c: begins, is answered, is over. */
void play_visit(struct play *p);
void play_dialled_app(struct play *p, const char *rest);
void play_answer_app(struct play *p, const char *input);
void play_show_app(struct play *p);
void play_leave_app(struct play *p, bool failed);

/* The next page of what is shown; from the last one it goes on. */
void play_page(struct play *p);

/* True when there was one, be it already lost on the way to another node. */
bool play_forget_secrets(struct play *p);

/* To the place left last, or to the root menu of the code. */
void play_back(struct play *p);
void play_home(struct play *p);

/* What reserved words lead to: reserved.c. */
void play_forget(struct play *p);
void play_forgotten(struct play *p);

/* Ends with a sentence of the catalogue's own. */
void play_end(struct play *p, const struct words *w);

const struct state *play_state(const struct play *p);

/* The finished move, with its screen and SMS. */
struct move play_done(struct play *p);

#endif
