/*
 * Asking the author what a service would answer.
 */
#ifndef SIMULATOR_PLAY_QUESTION_H
#define SIMULATOR_PLAY_QUESTION_H

#include "simulator/author.h"
#include "simulator/sketch.h"

/* The answer to the sketch's question, as it was prepared, or as the author
 * says. False at the end of what is typed. */
bool play_question(
    struct author *who, struct sketch *s, const struct talk *prepared);

#endif
