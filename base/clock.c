/*
 * The two clocks, as the kernel tells them.
 */
#include <time.h>

#include "base/check.h"
#include "base/clock.h"

static int64_t read_us(clockid_t which);

int64_t
clock_steady_ms(void)
{
	return read_us(CLOCK_MONOTONIC) / 1000;
}

int64_t
clock_steady_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

int64_t
clock_wall_ms(void)
{
	return read_us(CLOCK_REALTIME) / 1000;
}

static int64_t
read_us(clockid_t which)
{
	struct timespec now;

	CHECK(clock_gettime(which, &now) == 0);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
