/*
 * mlango smsc: the operator in a box alone, for operators' engineers and for
 * tests.
 */
#ifndef SIMULATOR_SMSC_COMMAND_H
#define SIMULATOR_SMSC_COMMAND_H

int smsc_command(int argc, char **argv);

#endif
