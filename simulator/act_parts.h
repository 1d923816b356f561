/*
 * An act as its own files see it: act.c begins and ends it and has the table
 * of sentences, act_phone.c what citizens do, act_sees.c what they see,
 * act_machine.c what befalls the machines.
 */
#ifndef SIMULATOR_ACT_PARTS_H
#define SIMULATOR_ACT_PARTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

#include "simulator/act.h"
#include "simulator/stage.h"

#define ACT_LIMITS 8
#define ACT_COUNTS 16

/* What a phone got and nobody has looked at yet. */
struct arrival {
	const char *text;
	bool ended; /* a last screen */
	STAILQ_ENTRY(arrival) entry;
};
STAILQ_HEAD(arrivals, arrival);

/* A citizen with a phone. */
struct actor {
	struct act *act;
	const char *number;
	struct phone *phone;
	struct crowd *crowd; /* that it is of, or NULL */
	struct arrivals screens, texts;
	bool silent; /* no screen came, and the operator gave up */
	uint32_t refused; /* a status, not looked at yet; 0: none */

	/* ---- the last request */
	int bind;
	uint32_t sequence;
	bool acknowledged;
	struct actor *next;
};

struct act {
	struct arena *arena;
	const struct script *script;
	const struct act_audience *audience;
	struct findings *findings;
	struct stage_settings settings;
	struct stage_limit limits[ACT_LIMITS];
	struct stage *stage; /* from the first line that is no setting on */
	const struct script_line *line; /* that is being played */
	struct actor *actors;
	struct crowd *crowd; /* or NULL */
	struct actor *speaker; /* the phone that spoke last */
	bool requesting; /* what is traced now is the speaker's */
	int spare_copies; /* of an SMS, that may come besides */
	bool none_late; /* no screen for a dialogue that is over */
	struct act_count {
		const struct script_line *line;
		const char *what, *which;
		long wanted;
	} counts[ACT_COUNTS]; /* that must be so when all is over */
	size_t count_count;
	bool all_stored; /* every screen is in Redis when it comes */
	const char *broken; /* what was wrong with a screen; NULL: nothing */
	int64_t requested_ms; /* when the last request went out */
	bool interrupted;
};

/* Each deed returns false when it failed, which has been said then. */

/* ---- act.c */

/* Says what went wrong at this line, and returns false. */
bool act_fail(struct act *act, const char *format, ...) PRINTF_LIKE(2, 3);

/* Waits; false when it did not come, and EXPECTED is said then. */
bool act_wait(
    struct act *act, stage_condition *holds, void *arg, const char *expected);
bool act_came(struct act *act, enum stage_wait w, const char *expected);

/* FILE beside the talk's own. */
const char *act_beside(const struct act *act, const char *file);

/* TEXT as a line of a talk has it. */
const char *act_quoted(const struct act *act, const char *text);
void act_tell(struct act *act, enum act_kind kind, const char *number,
    const char *text, const char *other);

/* ---- act_phone.c */

extern const struct smsc_events act_phone_events;

cue_deed act_dials, act_types, act_answers, act_texts, act_hangs_up,
    act_is_cut,    act_walks_away;
struct actor *act_actor(struct act *act, const char *number);
/* Somebody has spoken; else that is a failure. */
bool act_speaks(struct act *act);
/* RESULT of what WHO was to say, after act_requests. */
bool act_said(struct act *act, struct actor *who, int result);
/* What goes out until ACT's requesting is over is WHO's last request. */
void act_requests(struct act *act, struct actor *who);

/* ---- act_sees.c */

cue_deed act_sees_screen, act_sees_end, act_sees_sms, act_sees_copies,
    act_sees_no_late_screen, act_sees_refusal, act_sees_nothing,
    act_sees_no_acknowledgement, act_sees_silence;
/* What came and no line of the talk looked at is a failure. */
bool act_phones_are_done(struct act *act);

/* ---- act_machine.c */

cue_deed act_redis_dies, act_redis_starts, act_redis_forgets, act_gateway_dies,
    act_gateway_starts, act_gateway_ends, act_gateway_dies_at,
    act_gateway_has_died, act_gateway_stops_at, act_gateway_has_stopped,
    act_gateway_goes_on, act_menus_become, act_bind_falls, act_speaks_through,
    act_repeats, act_repeats_anew, act_repeats_through, act_operator_refuses,
    act_operator_is_silent, act_operator_is_well, act_backend_waits,
    act_backend_is_silent, act_backend_says, act_backend_is_well,
    act_backend_was_asked, act_backend_heard_repeats, act_repeats_dial;

/* ---- act_counts.c */

cue_deed act_counts, act_counts_last;
/* The counters that must be something when all is over are that. */
bool act_counts_end(struct act *act);

/* ---- act_reload.c */

cue_deed act_gateway_reloads;

/* ---- act_keys.c */

cue_deed act_keys_hold, act_no_key_holds;

/* ---- act_faults.c */

cue_deed act_answers_octets, act_shares_session, act_looks,
    act_redis_forgets_some,
    act_screens_are_stored, act_was_in_time, act_is_written_nowhere,
    act_is_logged_nowhere, act_backend_has_manner, act_backend_tells, act_backend_was_late,
    act_time_is_over;
/* Whatever a gateway shows is held against what must hold of every screen. */
void act_looks_at_screen(struct act *act, const struct pdu *pdu);

#endif
