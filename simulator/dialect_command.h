/*
 * mlango dialect: explains a trace.
 */
#ifndef SIMULATOR_DIALECT_COMMAND_H
#define SIMULATOR_DIALECT_COMMAND_H

int dialect_command(int argc, char **argv);

#endif
