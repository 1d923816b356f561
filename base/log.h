/*
 * The log: one event a line, led by whom it concerns, with facts as
 * key=value. Never a PIN, never what a subscriber typed; a number only masked.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/check.h"

enum log_level {
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_NOTICE,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_ERROR,
};

enum log_form {
	LOG_FORM_TEXT,
	LOG_FORM_JSON,
};

/* Standard error, LOG_LEVEL_NOTICE and text until told otherwise. */
void log_setup(enum log_level least, enum log_form form);

/* -1 and errno when PATH cannot be opened; the log then stays as it was. */
MUST_USE int log_open(const char *path);

/*
 * WHO is the link, session, institution or part that the line is about. A
 * subscriber's number is masked by log_subscriber, never by the caller's care.
 */
void log_line(enum log_level level, const char *who, const char *format, ...)
    PRINTF_LIKE(3, 4);
void log_subscriber(enum log_level level, const char *msisdn,
    const char *format, ...) PRINTF_LIKE(3, 4);

#endif
