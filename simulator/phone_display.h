/*
 * A phone's small display, drawn with lines. Pure but for its FILE.
 */
#ifndef SIMULATOR_PHONE_DISPLAY_H
#define SIMULATOR_PHONE_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Characters in a row. */
#define DISPLAY_WIDTH 30

/* TEXT in a frame with TITLE in its upper edge and FOOT in its lower one; in
 * plain ASCII where the terminal has no better lines. */
void display_draw(FILE *out, bool unicode, const char *title, const char *text,
    const char *foot);

/* How many octets of TEXT stand in one row, and how many are skipped before
 * the next: a row ends at a line feed, else before the word that does not
 * fit, else in it. */
size_t display_row(const char *text, size_t width, size_t *skip);

#endif
