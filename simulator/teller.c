/*
 * Telling an act. What befalls the machines is left out: this is a citizen's
 * story.
 */
#include <string.h>

#include "simulator/phone_display.h"
#include "simulator/teller.h"

static void happens(void *owner, enum act_kind kind, const char *number,
    const char *text, const char *other);
static void draw(
    struct teller *t, const char *title, const char *text, const char *foot);

struct act_audience
teller_audience(struct teller *t)
{
	return (struct act_audience){ happens, t };
}

static void
happens(void *owner, enum act_kind kind, const char *number, const char *text,
    const char *other)
{
	struct teller *t = owner;
	char title[64];

	switch (kind) {
	case ACT_DIALS:
		fprintf(t->out, "%s dials %s\n\n", number, text);
		break;
	case ACT_TYPES:
		fprintf(t->out, "%s answers %s\n\n", number, text);
		break;
	case ACT_TEXTS:
		fprintf(
		    t->out, "%s texts \"%s\" to %s\n\n", number, text, other);
		break;
	case ACT_HANGS_UP:
		fprintf(t->out, "%s hangs up\n\n", number);
		break;
	case ACT_WALKS_AWAY:
		fprintf(t->out, "%s walks away\n\n", number);
		break;
	case ACT_SCREEN:
		draw(t, number, text, "");
		break;
	case ACT_LAST_SCREEN:
		draw(t, number, text, "end");
		break;
	case ACT_SMS:
		snprintf(title, sizeof(title), "SMS from %s", other);
		draw(t, title, text, "");
		break;
	case ACT_REFUSAL:
		fprintf(t->out, "%s is refused: %s\n\n", number, text);
		break;
	case ACT_MACHINES:
		break;
	}
}

static void
draw(struct teller *t, const char *title, const char *text, const char *foot)
{
	display_draw(t->out, t->unicode, title, text, foot);
	fputc('\n', t->out);
}
