/*
 * A look at the raw text of a libconfig file, for what libconfig 1.5 lets
 * pass or cannot explain.
 */
#ifndef CONFIG_SCAN_H
#define CONFIG_SCAN_H

#include <stdbool.h>

#include "config/findings.h"

/*
 * TEXT (no NUL inside) must be valid UTF-8. Odd backslashes, numbers that
 * would wrap, brackets that do not match, texts and comments that never end,
 * and @include become findings of FILE. False when libconfig must not be
 * given the text: it would only repeat the finding, or follow the @include.
 */
MUST_USE bool scan_text(
    struct findings *f, const char *file, const char *text, size_t len);

#endif
