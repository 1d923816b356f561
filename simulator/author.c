/*
 * What the author types, and sees.
 */
#include <string.h>

#include "base/gsm.h"
#include "simulator/author.h"
#include "simulator/phone_display.h"

#define FOOT     64
#define SMS_ONE  160 /* septets of a message alone; 3GPP TS 23.040 */
#define SMS_PART 153 /* and of each of several */

const char *
author_types(struct author *who, const char *prompt)
{
	ssize_t len;

	fprintf(who->out, "%s", prompt);
	fflush(who->out);
	len = getline(&who->line, &who->room, who->in);
	if (len == -1) {
		fputc('\n', who->out);
		return NULL;
	}
	who->line[strcspn(who->line, "\r\n")] = '\0';
	if (!who->terminal)
		fprintf(who->out, "%s\n", who->line);
	return who->line;
}

void
author_sees_screen(const struct author *who, const struct limits *limits,
    const char *text, bool last)
{
	struct gsm_room room = gsm_measure(text, strlen(text));
	const char *end = last ? ", end" : "";
	char foot[FOOT];

	if (room.in_alphabet)
		snprintf(foot, sizeof(foot), "%zu of %d septets%s",
		    room.septets, limits->septets, end);
	else
		snprintf(foot, sizeof(foot), "%zu of %d characters%s",
		    room.ucs2, limits->ucs2, end);
	display_draw(who->out, who->unicode, "", text, foot);
}

void
author_sees_sms(const struct author *who, const char *text)
{
	struct gsm_room room = gsm_measure(text, strlen(text));
	char foot[FOOT];

	if (!room.in_alphabet)
		snprintf(foot, sizeof(foot), "%zu characters", room.ucs2);
	else if (room.septets <= SMS_ONE)
		snprintf(foot, sizeof(foot), "%zu septets", room.septets);
	else
		snprintf(foot, sizeof(foot), "%zu septets, %zu SMS",
		    room.septets, (room.septets + SMS_PART - 1) / SMS_PART);
	display_draw(who->out, who->unicode, "SMS", text, foot);
}
