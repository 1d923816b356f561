/*
 * Answers that the loop gives, because they are known before the question has
 * returned, or because many questions get theirs at once.
 */
#ifndef GATEWAY_LATER_H
#define GATEWAY_LATER_H

#include "gateway/link.h"

struct later;

struct later *later_new(struct event_base *base);
/* What has not been given is never given. */
void later_free(struct later *all);

/* DONE may be NULL, and may do anything, even free ALL. */
void later_answer(struct later *all, link_done *done, void *arg,
    enum link_result result, uint32_t status);

#endif
