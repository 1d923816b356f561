/*
 * The operator in a box with a small application behind a real link: what
 * the tests of the simulator share. The application says what it heard, and
 * ends a dialogue at 0.
 */
#ifndef TESTS_UNIT_BOX_H
#define TESTS_UNIT_BOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <event2/event.h>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/link.h"
#include "simulator/smsc.h"
#include "tests/unit/dialect_files.h"

struct box {
	struct event_base *base;
	struct event *pulse;
	struct smsc *smsc;
	const struct dialect *dialect;
	struct link_settings settings[2];
	struct link *links[2];
	struct phone *phone;

	/* what the handset has seen */
	char screen[200];
	bool ended;
	int screens, texts, refusals, silences;
	char sms[400], from[32];
	uint32_t status;

	/* what the application has seen */
	int begins, inputs, aborts, receipts, sms_in;
	char last[64], receipt[200];
	uint32_t sequence;
	uint64_t generation;
	int answers;
	uint32_t answer_status;
	enum pdu_status acknowledges; /* requests, with this status */
	bool mute; /* no screens */
};

#define UNTIL(b, truth)                                            \
	do {                                                       \
		int64_t until_ms = clock_steady_ms() + 20000;      \
		while (!(truth)) {                                 \
			assert_true(clock_steady_ms() < until_ms); \
			event_base_loop((b)->base, EVLOOP_ONCE);   \
		}                                                  \
	} while (0)

/* With so many links, all bound. STATE is of dialect_files_open. */
struct box *a_box(const struct dialect *d, int binds);
struct box *a_spec_box(void **state, int binds);
void a_box_free(struct box *b);

/* For link_submit: counts. */
void answered(void *arg, const struct link_answer *answer);

/* The handset's events, for an SMSC that takes the box's place. */
extern const struct smsc_events box_events;

#endif
