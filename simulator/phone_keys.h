/*
 * What is typed, line by line: edited and remembered on a terminal, as it
 * comes where standard input is none. libedit stays behind this wall.
 */
#ifndef SIMULATOR_PHONE_KEYS_H
#define SIMULATOR_PHONE_KEYS_H

#include <stdbool.h>

struct event_base;
struct phone_keys;

/* LINE is NULL at the end of the input. */
typedef void phone_typed(void *arg, const char *line);

/* Only one at a time: there is only one terminal. */
struct phone_keys *phone_keys_new(
    struct event_base *base, phone_typed *typed, void *arg);
void phone_keys_free(struct phone_keys *k);

bool phone_keys_on_terminal(const struct phone_keys *k);

/* Where standard input is no terminal: no line comes while true, and what is
 * there already waits. */
void phone_keys_hold(struct phone_keys *k, bool hold);

/* Around whatever is printed while a line may be half typed. */
void phone_keys_hide(struct phone_keys *k);
void phone_keys_show(struct phone_keys *k, const char *prompt);

/* Drops what is half typed; to be followed by phone_keys_show. */
void phone_keys_forget(struct phone_keys *k);

#endif
