/*
 * Handsets over a Unix socket, one line each way, so that another process can
 * hold them:
 *
 *	dial NUMBER CODE	screen NUMBER TEXT
 *	answer NUMBER TEXT	end NUMBER TEXT
 *	cancel NUMBER		sms NUMBER FROM TEXT
 *	sms NUMBER TO TEXT	error NUMBER WHY
 *	hold NUMBER
 *
 * A handset belongs to whoever spoke for it last; `hold` only says that. In a
 * TEXT, \n is a new line and \\ a backslash.
 */
#ifndef SIMULATOR_PHONES_H
#define SIMULATOR_PHONES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct event_base;
struct phone;
struct phones;
struct smsc;

/* NULL and errno; EADDRINUSE when somebody answers there already. */
struct phones *phones_new(
    struct event_base *base, const char *path, struct smsc *s);
void phones_free(struct phones *all);

/* For the SMSC's events of these names, with any owner. */
void phones_screen(void *owner, struct phone *p, const char *text, bool ended);
void phones_sms(
    void *owner, struct phone *p, const char *from, const char *text);
void phones_refused(void *owner, struct phone *p, uint32_t status);
void phones_silent(void *owner, struct phone *p);

/* TEXT as it stands in a line, and back. */
char *phones_escape(struct arena *a, const char *text);
char *phones_unescape(struct arena *a, const char *text);

#endif
