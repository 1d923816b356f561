/*
 * GSM 03.38.
 */
#include "base/gsm.h"
