/*
 * Faults that are planted behind the proof, as if the product had them.
 */
#ifndef TESTS_PLANT_H
#define TESTS_PLANT_H

#include "tests/property/tour.h"

void plant(struct tour *t, enum plant fault);

#endif
