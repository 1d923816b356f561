/*
 * Days of the calendar: kept as YYYY-MM-DD, typed and shown as DD-MM-YYYY.
 */
#ifndef MENUS_DATE_H
#define MENUS_DATE_H

#include <stdbool.h>

#include "base/arena.h"

#define DATE_LEN 10

/* DD-MM-YYYY, D/M/YYYY, DDMMYYYY, also with dots or spaces, or YYYY-MM-DD: a
 * day that exists. OUT takes DATE_LEN + 1 octets. */
bool date_typed(const char *text, char *out);

/* A day as it is kept, "2024-02-29", and nothing else. */
bool date_is_day(const char *text);

/* What is no day stays as it is. */
const char *date_show(struct arena *a, const char *kept);

#endif
