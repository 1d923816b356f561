/*
 * The two clocks. What waits uses the steady one, what is written down uses
 * the wall's.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Milliseconds that never jump; their zero means nothing. */
int64_t clock_steady_ms(void);
int64_t clock_steady_us(void);

/* Milliseconds since 1970 in UTC; may jump. */
int64_t clock_wall_ms(void);

#endif
