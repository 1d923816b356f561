/*
 * mlango demo: the whole thing on one machine.
 */
#ifndef SIMULATOR_DEMO_COMMAND_H
#define SIMULATOR_DEMO_COMMAND_H

int demo_command(int argc, char **argv);

#endif
