/*
 * What is live on this node: what is published in Redis, followed as it
 * changes, and what this node's own files have to say about it.
 */
#ifndef GATEWAY_PUBLISHING_H
#define GATEWAY_PUBLISHING_H

#include "gateway/standing.h"

struct gateway;
struct publishing;

struct publishing *publishing_new(struct gateway *g);
void publishing_free(struct publishing *p);

/* Redis is there, or something was published: looks at once. */
void publishing_look(struct publishing *p);

/* Once what is published is what new sessions begin on. */
bool publishing_is_settled(const struct publishing *p);

/* As it was seen last; NULL when it never was. */
const struct standing *publishing_standing(const struct publishing *p);

/*
 * The menus of C, which is current and held by nobody yet, come from this
 * node's files. LIKE (or NULL) was current before: what C has in common with
 * it is not news. With FILES, the paths of all institutions' files, what is
 * live without a file is withdrawn. Where nothing is published P is NULL.
 */
void publishing_files(struct publishing *p, const struct catalogue *c,
    const struct catalogue *like, const struct source *files, size_t count);

/* What a session of NUMBER begins on, that dialled so (NULL: an SMS): the
 * current catalogue, or the one on trial. */
const struct catalogue *publishing_begin_on(
    const struct gateway *g, const char *number, const char *dialled);

/* NULL when nothing is on trial. */
const struct catalogue *publishing_trial(const struct publishing *p);

/* Who did what, as the settings want it written down. */
struct store_deed publishing_deed(
    const struct gateway *g, const char *who, const char *act, const char *on);

#endif
